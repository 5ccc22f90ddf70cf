// package.json, as far as the tests look at it.

import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Contributions {
  commands: { command: string; title: string }[];
  configuration: { properties: Record<string, { default: unknown; markdownDescription?: string; scope?: string }> };
}

/** The extension's folder; the tests run from `out/test`. */
export const EXTENSION = join(__dirname, "..", "..");

export function contributions(): Contributions {
  const manifest = JSON.parse(readFileSync(join(EXTENSION, "package.json"), "utf8")) as { contributes: Contributions };
  return manifest.contributes;
}

/** All settings as VS Code gives them to a user who says nothing: without `orthonym.`, and those below `settings` in one object. */
export function defaults(): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const settings: Record<string, unknown> = {};
  for (const [name, { default: value }] of Object.entries(contributions().configuration.properties)) {
    const [, key = ""] = name.split("orthonym.");
    const [, inner] = key.split("settings.");
    if (inner === undefined) {
      values[key] = value;
    } else {
      settings[inner] = value;
    }
  }
  return { ...values, settings };
}
