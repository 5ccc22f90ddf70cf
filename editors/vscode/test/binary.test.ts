import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { findBinary } from "../src/binary";

/** A folder for an extension, with these files in its `bin`. */
function extension(...programs: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "orthonym-"));
  mkdirSync(join(folder, "bin"));
  for (const program of programs) {
    writeFileSync(join(folder, "bin", program), "");
  }
  return folder;
}

test("the program that the settings name is taken before the bundled one", () => {
  assert.deepEqual(findBinary(" /opt/orthonym ", extension("orthonym"), "linux"), {
    path: "/opt/orthonym",
    origin: "configured",
  });
});

test("a bare name is left to the system", () => {
  assert.equal(findBinary("orthonym", extension(), "linux")?.path, "orthonym");
});

test("~ is the home folder", () => {
  assert.equal(findBinary("~/bin/orthonym", extension(), "linux")?.path, join(homedir(), "bin/orthonym"));
});

test("without a setting the bundled program is taken", () => {
  const folder = extension("orthonym");
  assert.deepEqual(findBinary("", folder, "linux"), { path: join(folder, "bin", "orthonym"), origin: "bundled" });
});

test("on Windows the bundled program is an .exe", () => {
  const folder = extension("orthonym.exe");
  assert.equal(findBinary("", folder, "win32")?.path, join(folder, "bin", "orthonym.exe"));
  assert.equal(findBinary("", folder, "linux"), undefined);
});

test("where there is none, none is looked for", () => {
  assert.equal(findBinary("", extension(), "linux"), undefined);
});
