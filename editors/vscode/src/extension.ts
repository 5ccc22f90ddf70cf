// The extension: starts the server, keeps it in step with the settings, and offers commands.

import { commands, window, workspace, type ExtensionContext } from "vscode";
import { registerCommands } from "./commands";
import { NoBinary, Server } from "./server";

/** Settings that hold for a whole run of the server. */
const NEED_A_RESTART = ["orthonym.server", "orthonym.documents"];

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel("orthonym", { log: true });
  const started = new Server(context.extensionPath, output);
  server = started;
  const restart = (): Promise<void> => reporting(() => started.restart());
  const files = workspace.createFileSystemWatcher("**/*");
  const tellNews = (): void => {
    started.tellNews();
  };
  context.subscriptions.push(
    output,
    files,
    files.onDidChange(tellNews),
    files.onDidCreate(tellNews),
    files.onDidDelete(tellNews),
    ...registerCommands(started, output, restart),
    workspace.onDidChangeConfiguration(async (event) => {
      if (NEED_A_RESTART.some((section) => event.affectsConfiguration(section))) {
        await restart();
      } else if (event.affectsConfiguration("orthonym")) {
        await started.tellSettings();
      }
    }),
  );
  await reporting(() => started.start());
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Tells the user if the server cannot be started, and leads to the setting that names it. */
async function reporting(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const open = "Open the setting";
    const advice = error instanceof NoBinary ? "Install orthonym, and say there where it is." : "";
    const message = `${error instanceof Error ? error.message : String(error)} ${advice}`.trim();
    // Not awaited: the message may stand for as long as the user likes.
    void window.showErrorMessage(message, open).then(async (choice) => {
      if (choice === open) {
        await commands.executeCommand("workbench.action.openSettings", "orthonym.server.path");
      }
    });
  }
}
