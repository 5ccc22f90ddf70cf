// The tests that run inside VS Code, as an extension beside the one that they test. The outcome is written to $ORTHONYM_E2E_RESULT.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";

const ARTICLE = "The German magazine Der Shbigel was sold out.\n\nThe journalist Eduy Blenil left.\n";

export async function activate(): Promise<void> {
  const result = process.env.ORTHONYM_E2E_RESULT;
  assert.ok(result !== undefined);
  const say = (line: string): void => {
    appendFileSync(`${result}.part`, `${line}\n`);
  };
  let failed = 0;
  say(`VS Code ${vscode.version}`);
  for (const [name, run] of STEPS) {
    try {
      await run();
      say(`ok - ${name}`);
    } catch (error) {
      failed += 1;
      say(`not ok - ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  writeFileSync(result, String(failed));
}

/** One after the other; each goes on where the one before it left the article. */
const STEPS: [string, () => Promise<void>][] = [
  [
    "the extension starts with the program that came with it",
    async () => {
      const extension = vscode.extensions.getExtension("orthonym.orthonym");
      assert.ok(extension !== undefined);
      await extension.activate();
    },
  ],
  [
    "findings appear, those of the command line",
    async () => {
      const document = await vscode.workspace.openTextDocument(path("article.txt"));
      await vscode.window.showTextDocument(document);
      await until(() => shown().length > 0);
      assert.deepEqual(shown(), ofCommandLine());
    },
  ],
  [
    "findings of files that are not open appear, once",
    async () => {
      await until(() => vscode.languages.getDiagnostics(vscode.Uri.file(path("other.md"))).length > 0);
      assert.equal(vscode.languages.getDiagnostics(vscode.Uri.file(path("other.md"))).length, 1);
    },
  ],
  [
    "findings of a file that is written beside the editor appear",
    async () => {
      writeFileSync(path("later.md"), "Der Shbigel was sold out.\n");
      await until(() => vscode.languages.getDiagnostics(vscode.Uri.file(path("later.md"))).length === 1);
    },
  ],
  [
    "hover says who it is",
    async () => {
      const position = new vscode.Position(0, 25);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        article().uri,
        position,
      );
      const contents = hovers.flatMap((hover) => hover.contents);
      const texts = contents.map((one) => (one instanceof vscode.MarkdownString ? one.value : JSON.stringify(one)));
      assert.match(texts.join("\n"), /Der Spiegel/);
    },
  ],
  [
    "a quick fix changes the text",
    async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        article().uri,
        new vscode.Range(0, 25, 0, 25),
        "quickfix",
        10,
      );
      const fix = actions.find(({ title, edit }) => title.includes("Der Spiegel") && edit !== undefined);
      assert.ok(fix?.edit !== undefined, actions.map(({ title }) => title).join(", "));
      await vscode.workspace.applyEdit(fix.edit);
      assert.match(article().getText(), /magazine Der Spiegel was/);
    },
  ],
  [
    "a setting is in force at once",
    async () => {
      const configuration = vscode.workspace.getConfiguration("orthonym.settings");
      await configuration.update("rules", { "names/mistransliteration": "off" }, vscode.ConfigurationTarget.Workspace);
      await until(() => shown().length === 0);
      await configuration.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
      await until(() => shown().length > 0);
    },
  ],
  [
    "the server can be restarted",
    async () => {
      await vscode.commands.executeCommand("orthonym.restart");
      await until(() => shown().length > 0);
    },
  ],
  [
    "the command applies the safe fixes",
    async () => {
      await vscode.window.showTextDocument(article());
      await untilOffered("source.fixAll.orthonym");
      await vscode.commands.executeCommand("orthonym.fixAll");
      await until(() => article().getText() === ARTICLE.replace("Der Shbigel", "Der Spiegel").replace("Eduy Blenil", "Edwy Plenel"));
      await until(() => shown().length === 0);
    },
  ],
  [
    "a name that is added to the dictionary is right",
    async () => {
      const document = await vscode.workspace.openTextDocument(path("other.md"));
      const editor = await vscode.window.showTextDocument(document);
      const start = document.getText().indexOf("Der Shbigel");
      editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(start + "Der Shbigel".length));
      await vscode.commands.executeCommand("orthonym.addName");
      await until(() => vscode.languages.getDiagnostics(document.uri).length === 0);
    },
  ],
  [
    "the workspace can be checked",
    async () => {
      await vscode.commands.executeCommand("orthonym.checkWorkspace");
    },
  ],
];

function path(file: string): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder !== undefined, "no folder is open");
  return join(folder.uri.fsPath, file);
}

function article(): vscode.TextDocument {
  const found = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === path("article.txt"));
  assert.ok(found !== undefined, "the article is not open");
  return found;
}

/** What the editor shows of the article. */
function shown(): string[] {
  return vscode.languages.getDiagnostics(article().uri).map(({ range: { start }, code }) => {
    const rule = typeof code === "object" ? code.value : code;
    return `${String(start.line + 1)}:${String(start.character + 1)} ${String(rule)}`;
  });
}

function ofCommandLine(): string[] {
  const program = join(vscode.extensions.getExtension("orthonym.orthonym")?.extensionPath ?? "", "bin", "orthonym");
  const args = ["check", "--exit-zero", "--output-format", "json", "article.txt"];
  const findings = JSON.parse(execFileSync(program, args, { cwd: path("."), encoding: "utf8" })) as {
    rule: string;
    range: { start: { line: number; utf16: number } };
  }[];
  return findings.map(({ rule, range: { start } }) => `${String(start.line)}:${String(start.utf16)} ${rule}`);
}

/** Waits until the article has an action of a kind: a server that was just started offers none yet. */
async function untilOffered(kind: string): Promise<void> {
  let count = 0;
  while (count === 0) {
    const everywhere = new vscode.Range(0, 0, article().lineCount, 0);
    const command = "vscode.executeCodeActionProvider";
    count = (await vscode.commands.executeCommand<unknown[]>(command, article().uri, everywhere, kind)).length;
  }
}

/** Waits until it holds: the server answers when it answers. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    assert.ok(tries < 600, `it never held: ${holds.toString()}; shown: ${shown().join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
