// The commands of the palette.

import { commands, window, type Disposable, type LogOutputChannel, type TextEditor } from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import type { Server } from "./server";

/** @param restart restarts the server, and tells the user if that fails */
export function registerCommands(server: Server, output: LogOutputChannel, restart: () => Promise<void>): Disposable[] {
  const register = (name: string, run: () => unknown): Disposable => commands.registerCommand(`orthonym.${name}`, run);
  /** A command that needs the server. */
  const asking = (name: string, run: (client: LanguageClient) => Promise<unknown>): Disposable =>
    register(name, async () => {
      const client = server.client;
      await (client === undefined ? window.showWarningMessage("The orthonym server does not run.") : run(client));
    });
  return [
    register("restart", restart),
    register("showOutput", () => {
      output.show();
    }),
    register("fixAll", fixAll),
    asking("checkWorkspace", checkWorkspace),
    asking("addName", addName),
  ];
}

/** What `--fix` does, in the text before the user. */
async function fixAll(): Promise<void> {
  await commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.orthonym", apply: "first" });
}

async function checkWorkspace(client: LanguageClient): Promise<void> {
  const found = await execute<{ files: number; findings: number }>(client, "orthonym.lintWorkspace");
  await commands.executeCommand("workbench.actions.view.problems");
  void window.showInformationMessage(`${String(found.files)} files checked: ${String(found.findings)} findings`);
}

/** Adds the selected name to the project's dictionary, as right; without a selection the word under the cursor is proposed. */
async function addName(client: LanguageClient): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    return;
  }
  const value = selectedName(editor);
  const name = editor.selection.isEmpty ? await window.showInputBox({ prompt: "The name, as it is right", value }) : value;
  if (name !== undefined && name.trim() !== "") {
    const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
    await execute(client, "orthonym.addToDictionary", { uri, name: name.trim() });
  }
}

function selectedName({ document, selection }: TextEditor): string {
  const range = selection.isEmpty ? document.getWordRangeAtPosition(selection.active) : selection;
  return range === undefined ? "" : document.getText(range).trim();
}

/** Has the server execute one of its own commands. */
async function execute<T>(client: LanguageClient, command: string, ...args: unknown[]): Promise<T> {
  return (await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args })) as T;
}
