import assert from "node:assert/strict";
import { test } from "node:test";
import { documentSelector } from "../src/documents";

test("files are known by patterns, unsaved texts by their language", () => {
  assert.deepEqual(documentSelector(["**/*.txt"]), [
    { scheme: "file", pattern: "**/*.txt" },
    { scheme: "untitled", language: "plaintext" },
    { scheme: "untitled", language: "markdown" },
    { scheme: "untitled", language: "html" },
  ]);
});
