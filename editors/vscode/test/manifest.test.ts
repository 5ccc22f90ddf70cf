import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { contributions, EXTENSION } from "./manifest";

const source = (file: string): string => readFileSync(join(EXTENSION, file), "utf8");

test("every setting and every command says what it does", () => {
  const { commands, configuration } = contributions();
  for (const [name, setting] of Object.entries(configuration.properties)) {
    assert.match(setting.markdownDescription ?? "", /\.\)?$/, name);
  }
  for (const { command, title } of commands) {
    assert.ok(title.length > 0, command);
  }
});

test("the program cannot be set by the workspace that is opened", () => {
  assert.equal(contributions().configuration.properties["orthonym.server.path"]?.scope, "machine");
});

test("the page of the extension names every setting and every command", () => {
  const readme = source("README.md");
  for (const { title } of contributions().commands) {
    assert.ok(readme.includes(`orthonym: ${title}`), title);
  }
  for (const name of Object.keys(contributions().configuration.properties)) {
    const shown = name.startsWith("orthonym.settings.") ? name.slice("orthonym.settings.".length) : name;
    assert.ok(readme.includes(`\`${shown}\``), name);
  }
});

test("the commands of the manifest are those that are registered", () => {
  const registered = [...source("src/commands.ts").matchAll(/(?:register|asking)\("(\w+)"/g)].map(([, name]) => name);
  assert.deepEqual(
    contributions().commands.map(({ command }) => command.replace("orthonym.", "")).sort(),
    registered.sort(),
  );
});

test("the package holds the extension, its papers, and nothing else", () => {
  const vsce = join(EXTENSION, "node_modules", "@vscode", "vsce", "vsce");
  execFileSync(process.execPath, [join(EXTENSION, "build.mjs")], { cwd: EXTENSION });
  const listed = execFileSync(process.execPath, [vsce, "ls", "--no-dependencies"], { cwd: EXTENSION, encoding: "utf8" });
  const files = listed.split("\n").filter((file) => /^[\w./-]+$/.test(file) && !file.startsWith("bin/"));
  assert.deepEqual(files.sort(), [
    "CHANGELOG.md",
    "LICENSE",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "dist/THIRD-PARTY.txt",
    "dist/extension.js",
    "package.json",
  ]);
});

test("the licences are the project's", () => {
  for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) {
    assert.equal(source(file), source(join("..", "..", file)));
  }
});
