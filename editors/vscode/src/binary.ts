// Which program is the server: the one that the settings name, or the one that came with the extension. Nothing is searched for
// and nothing is downloaded.

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A program to start, and who named it. */
export interface Binary {
  readonly path: string;
  readonly origin: "configured" | "bundled";
}

/**
 * The server's program; `undefined` where none is configured and none came with the extension.
 *
 * @param configured what the setting `orthonym.server.path` says; a bare name is left to the system's search path
 * @param extensionPath the folder that the extension lies in
 */
export function findBinary(
  configured: string,
  extensionPath: string,
  platform: NodeJS.Platform = process.platform,
): Binary | undefined {
  const named = configured.trim();
  if (named !== "") {
    return { path: expandHome(named), origin: "configured" };
  }
  const bundled = join(extensionPath, "bin", platform === "win32" ? "orthonym.exe" : "orthonym");
  return existsSync(bundled) ? { path: bundled, origin: "bundled" } : undefined;
}

function expandHome(path: string): string {
  return /^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path;
}
