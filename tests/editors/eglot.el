;;; -*- lexical-binding: t -*-
;; Emacs and eglot against the server, set up as docs/editors.md says. Started by tests/editors/run, in an empty folder, with the
;; repository's root in $ORTHONYM_ROOT and orthonym on the path. Ends with status 1 at the first thing that does not hold.

(require 'cl-lib)
(package-initialize)
(require 'eglot)
(require 'flymake)

(defun ok (message &rest arguments)
  (princ (concat "ok - " (apply #'format message arguments) "\n")))

(defun fail (message &rest arguments)
  (princ (concat "not ok - " (apply #'format message arguments) "\n"))
  (kill-emacs 1))

(defun await (message holds)
  "Wait until HOLDS; what the editor shows comes from the server, when it comes."
  (let ((deadline (+ (float-time) 30)))
    (while (not (funcall holds))
      (when (> (float-time) deadline) (fail "%s" message))
      (accept-process-output nil 0.05)))
  (ok "%s" message))

(defun guide ()
  "The Emacs Lisp block of the guide."
  (with-temp-buffer
    (insert-file-contents (expand-file-name "docs/editors.md" (getenv "ORTHONYM_ROOT")))
    (re-search-forward "^```elisp\n")
    (let ((from (point)))
      (re-search-forward "^```$")
      (buffer-substring from (match-beginning 0)))))

(defun buffer-has (text)
  (save-excursion (goto-char (point-min)) (search-forward text nil t)))

(with-temp-buffer
  (insert (guide))
  (eval-buffer))

(with-temp-file "article.txt"
  (insert "The German magazine Der Shbigel was sold out.\n\nThe journalist Eduy Blenil left.\n"))
(find-file "article.txt")
(setq eglot-confirm-server-initiated-edits nil)
(eglot-ensure)
(run-hooks 'post-command-hook)
(await "eglot connects" #'eglot-current-server)
(await "diagnostics appear"
       (lambda () (flymake-start) (= 2 (length (flymake-diagnostics)))))
(let ((text (flymake-diagnostic-text (car (flymake-diagnostics)))))
  (unless (string-match-p "Shbigel" text) (fail "the first is %s" text)))

(goto-char (point-min))
(search-forward "Shb")
(let ((fix (cl-find-if (lambda (action) (string-match-p "Der Spiegel" (plist-get action :title)))
                       (append (eglot-code-actions (point) (point)) nil))))
  (unless fix (fail "there is a quick fix"))
  (eglot--apply-workspace-edit (plist-get fix :edit)))
(await "a code action changes the buffer" (lambda () (buffer-has "magazine Der Spiegel was")))

(eglot-code-actions (point-min) (point-max) "source.fixAll.orthonym" t)
(await "source.fixAll.orthonym fixes the rest" (lambda () (buffer-has "Edwy Plenel")))
(set-buffer-modified-p nil)
(eglot-shutdown (eglot-current-server))
