// Which documents the server is asked about.

/** A document filter, as VS Code's `DocumentSelector` and the protocol take it. */
export type DocumentFilter = { scheme: string; pattern: string } | { scheme: string; language: string };

/** Documents that have no name yet are known by their language. */
const UNSAVED_LANGUAGES = ["plaintext", "markdown", "html"];

/** @param patterns what the setting `orthonym.documents` says: glob patterns of files */
export function documentSelector(patterns: readonly string[]): DocumentFilter[] {
  return [
    ...patterns.map((pattern) => ({ scheme: "file", pattern })),
    ...UNSAVED_LANGUAGES.map((language) => ({ scheme: "untitled", language })),
  ];
}
