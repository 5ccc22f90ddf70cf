// What the user said in the settings, as the server takes it.

/** What the server reads, each without the `orthonym.` before it. package.json describes them. */
export interface ServerSettings {
  configuration?: unknown;
  isolated?: unknown;
  /** The keys of orthonym.toml, in camelCase. */
  settings?: unknown;
  dictionary?: unknown;
  documentation?: unknown;
  inlayHints?: unknown;
}

const NAMES = ["configuration", "isolated", "settings", "dictionary", "documentation", "inlayHints"] as const;

/** Where settings are read from: the part of VS Code's `WorkspaceConfiguration` that is needed. */
export interface SettingsReader {
  get(name: string): unknown;
}

/** The settings that say something. What is left empty is left out, so that the project's own files decide. */
export function serverSettings(reader: SettingsReader): ServerSettings {
  const said: ServerSettings = {};
  for (const name of NAMES) {
    const value = withoutEmpty(reader.get(name));
    if (value !== undefined) {
      said[name] = value;
    }
  }
  return said;
}

/** `undefined` for what says nothing: null, an empty text, list or object. */
function withoutEmpty(value: unknown): unknown {
  if (value === null || value === "") {
    return undefined;
  }
  if (typeof value !== "object") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value;
  }
  const said = Object.entries(value).flatMap(([key, inner]) => {
    const kept = withoutEmpty(inner);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return said.length === 0 ? undefined : Object.fromEntries(said);
}
