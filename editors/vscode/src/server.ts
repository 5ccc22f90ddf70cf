// The language server as the extension sees it: started, stopped, told the settings.

import { ViewColumn, window, workspace, type LogOutputChannel } from "vscode";
import {
  DidChangeConfigurationNotification,
  LanguageClient,
  type Executable,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import { findBinary, type Binary } from "./binary";
import { documentSelector } from "./documents";
import { Gate } from "./gate";
import { serverSettings } from "./settings";

/** There is no program to start. */
export class NoBinary extends Error {
  constructor() {
    super("No orthonym program came with this extension, and “orthonym.server.path” names none.");
    this.name = "NoBinary";
  }
}

export class Server {
  readonly #extensionPath: string;
  readonly #output: LogOutputChannel;
  readonly #news = new Gate();
  #client: LanguageClient | undefined;

  constructor(extensionPath: string, output: LogOutputChannel) {
    this.#extensionPath = extensionPath;
    this.#output = output;
  }

  /** The connection, while the server runs. */
  get client(): LanguageClient | undefined {
    return this.#client;
  }

  /** @throws NoBinary, or what the program's start failed with */
  async start(): Promise<void> {
    const configured = workspace.getConfiguration("orthonym").get("server.path", "");
    const binary = findBinary(configured, this.#extensionPath);
    if (binary === undefined) {
      throw new NoBinary();
    }
    this.#output.info(`starting ${binary.path} (${binary.origin})`);
    this.#news.open();
    this.#client = connect(binary, this.#output, this.#news);
    await this.#client.start();
  }

  /** Tells the server what the settings are now. */
  async tellSettings(): Promise<void> {
    const settings = { orthonym: serverSettings(workspace.getConfiguration("orthonym")) };
    await this.#client?.sendNotification(DidChangeConfigurationNotification.type, { settings });
    this.tellNews();
  }

  /** Has the workspace looked at again: something in it has changed. */
  tellNews(): void {
    this.#news.open();
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client?.needsStop() === true) {
      await client.stop();
    }
  }

  /** @throws as `start` */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }
}

function connect(binary: Binary, output: LogOutputChannel, news: Gate): LanguageClient {
  const program: Executable = { command: binary.path, args: ["server"] };
  const configuration = workspace.getConfiguration("orthonym");
  const options: LanguageClientOptions = {
    documentSelector: documentSelector(configuration.get<string[]>("documents", [])),
    initializationOptions: serverSettings(configuration),
    outputChannel: output,
    middleware: {
      // VS Code asks for findings; shown twice are those that the server sends besides, when it checks the workspace.
      handleDiagnostics: () => undefined,
      provideWorkspaceDiagnostics: async (known, token, report, next) => {
        await news.pass((go) => token.onCancellationRequested(go));
        try {
          return await next(known, token, report);
        } catch (error) {
          // The server broke off, or could not: there is something to ask for again.
          news.open();
          throw error;
        }
      },
      executeCommand: async (command, args, next) => {
        const answer: unknown = await next(command, args);
        if (command === "orthonym.explain" && typeof answer === "string") {
          const document = await workspace.openTextDocument({ content: answer });
          await window.showTextDocument(document, { preview: true, viewColumn: ViewColumn.Beside });
        }
        return answer;
      },
      workspace: {
        // The server asks for the section `orthonym`, for a folder or for all.
        configuration: (params) =>
          params.items.map(({ section, scopeUri }) => {
            if (section !== "orthonym") {
              return null;
            }
            const scope = scopeUri === undefined ? undefined : client.protocol2CodeConverter.asUri(scopeUri);
            return serverSettings(workspace.getConfiguration("orthonym", scope));
          }),
      },
    },
  };
  const client = new LanguageClient("orthonym", "orthonym", program, options);
  return client;
}
