// The settings and documents of the extension against a real server, over the protocol that VS Code speaks.

import assert from "node:assert/strict";
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import type { CodeAction, Diagnostic, DocumentDiagnosticReport, InitializeResult, TextEdit } from "vscode-languageserver-protocol";
import { serverSettings, type SettingsReader } from "../src/settings";
import { defaults, EXTENSION } from "./manifest";

const PROGRAM = [
  process.env.ORTHONYM,
  join(EXTENSION, "../../target/release/orthonym"),
  join(EXTENSION, "../../target/debug/orthonym"),
].find((path) => path !== undefined && existsSync(path));

const ARTICLE = "The German magazine Der Shbigel was sold out.\n";

/** A server in an empty project, asked the way that the extension asks it. */
class Project {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "orthonym-")));
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #connection;
  settings: Record<string, unknown> = {};

  constructor() {
    assert.ok(PROGRAM, "there is no orthonym program: build it first, or say where it is in ORTHONYM");
    this.#process = spawn(PROGRAM, ["server"], { cwd: this.folder, stdio: ["pipe", "pipe", "inherit"] });
    this.#connection = createMessageConnection(
      new StreamMessageReader(this.#process.stdout),
      new StreamMessageWriter(this.#process.stdin),
    );
    this.#connection.onRequest("workspace/configuration", ({ items }: { items: { section?: string }[] }) =>
      items.map(({ section }) => (section === "orthonym" ? serverSettings(this.#reader()) : null)),
    );
    this.#connection.onRequest("client/registerCapability", () => null);
    this.#connection.onRequest("workspace/diagnostic/refresh", () => null);
    this.#connection.onRequest("workspace/inlayHint/refresh", () => null);
    this.#connection.listen();
  }

  /** What VS Code would read: what the user set, over what the manifest says. */
  #reader(): SettingsReader {
    const said = defaults();
    return {
      get: (name) =>
        name === "settings" ? { ...(said[name] as object), ...this.settings } : (this.settings[name] ?? said[name]),
    };
  }

  uri(file: string): string {
    return pathToFileURL(join(this.folder, file)).href;
  }

  async start(settings: Record<string, unknown> = {}): Promise<InitializeResult> {
    this.settings = settings;
    const result = await this.#connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(this.folder).href,
      workspaceFolders: [{ uri: pathToFileURL(this.folder).href, name: "project" }],
      initializationOptions: serverSettings(this.#reader()),
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true, workspaceEdit: { documentChanges: true } },
        textDocument: { diagnostic: {}, codeAction: { resolveSupport: { properties: ["edit"] }, dataSupport: true } },
      },
    });
    await this.#connection.sendNotification("initialized", {});
    return result;
  }

  /** Tells of new settings, as the extension does. */
  async set(settings: Record<string, unknown>): Promise<void> {
    this.settings = settings;
    await this.#connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { orthonym: serverSettings(this.#reader()) },
    });
  }

  async open(file: string, text: string, languageId = "plaintext"): Promise<void> {
    writeFileSync(join(this.folder, file), text);
    const textDocument = { uri: this.uri(file), languageId, version: 1, text };
    await this.#connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  async findings(file: string): Promise<Diagnostic[]> {
    const textDocument = { uri: this.uri(file) };
    const report = await this.#connection.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument });
    assert.equal(report.kind, "full");
    return report.items;
  }

  async rules(file: string): Promise<unknown[]> {
    return (await this.findings(file)).map(({ code }) => code);
  }

  ask<T>(method: string, params: object): Promise<T> {
    return this.#connection.sendRequest<T>(method, params);
  }

  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#process.once("exit", resolve));
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    return await ended;
  }
}

/** A test with a project of its own, whose server must end well. */
function withProject(name: string, run: (project: Project) => Promise<void>): void {
  test(name, { timeout: 120_000 }, async () => {
    const project = new Project();
    await run(project);
    assert.equal(await project.stop(), 0);
  });
}

withProject("a user who says nothing gets what the command line finds", async (project) => {
  await project.start();
  await project.open("article.txt", ARTICLE);
  const [finding, ...more] = await project.findings("article.txt");
  assert.equal(finding?.code, "names/mistransliteration");
  assert.deepEqual(finding.range, { start: { line: 0, character: 20 }, end: { line: 0, character: 31 } });
  assert.deepEqual(more, []);
});

withProject("settings at the start are in force", async (project) => {
  await project.start({ rules: { "names/mistransliteration": "off" } });
  await project.open("article.txt", ARTICLE);
  assert.deepEqual(await project.rules("article.txt"), []);
});

withProject("settings that change are in force at once, and go back", async (project) => {
  await project.start();
  await project.open("article.txt", ARTICLE);
  await project.set({ forget: ["der-spiegel"], builtin: false });
  assert.deepEqual(await project.rules("article.txt"), []);
  await project.set({});
  assert.deepEqual(await project.rules("article.txt"), ["names/mistransliteration"]);
});

withProject("every setting of the manifest is one that the server takes", async (project) => {
  writeFileSync(join(project.folder, "names.toml"), '[[name]]\nid = "vanja-korol"\nname = "Vanja Korol"\nkind = "person"\n');
  await project.start({
    sourceLanguage: "ar",
    targetLanguage: "en",
    style: "ap",
    minConfidence: 0.6,
    builtin: true,
    dictionaries: ["names.toml"],
    forget: ["edwy-plenel"],
    settle: { "Wanja Corol": "vanja-korol" },
    rules: { "text/quotes": "off" },
    ignore: [{ text: "Lu Mond", reason: "for a test" }],
  });
  await project.open("article.txt", "Wanja Corol read Lu Mond.\n");
  const findings = await project.findings("article.txt");
  assert.deepEqual(findings.map(({ message }) => JSON.stringify(message).includes("Vanja Korol")), [true]);
});

withProject("the action for all safe fixes has its edits when it is chosen", async (project) => {
  await project.start();
  await project.open("article.txt", ARTICLE);
  const [action] = await project.ask<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: project.uri("article.txt") },
    range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
    context: { diagnostics: [], only: ["source.fixAll.orthonym"] },
  });
  assert.equal(action?.kind, "source.fixAll.orthonym");
  const { edit } = await project.ask<CodeAction>("codeAction/resolve", action);
  const [change] = edit?.documentChanges ?? [];
  assert.ok(change !== undefined && "edits" in change);
  assert.deepEqual(change.edits.map((one) => (one as TextEdit).newText).join(""), "Der Spiegel");
});

withProject("the commands of the extension are the server's", async (project) => {
  const { capabilities } = await project.start();
  const commands = capabilities.executeCommandProvider?.commands ?? [];
  for (const command of ["orthonym.lintWorkspace", "orthonym.addToDictionary", "orthonym.explain"]) {
    assert.ok(commands.includes(command), command);
  }
  await project.open("article.txt", ARTICLE);
  const found = await project.ask("workspace/executeCommand", { command: "orthonym.lintWorkspace", arguments: [] });
  assert.deepEqual(found, { files: 1, findings: 1 });
  const addition = { uri: project.uri("article.txt"), name: "Der Shbigel" };
  await project.ask("workspace/executeCommand", { command: "orthonym.addToDictionary", arguments: [addition] });
  assert.deepEqual(await project.rules("article.txt"), []);
});
