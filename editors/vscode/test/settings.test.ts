import assert from "node:assert/strict";
import { test } from "node:test";
import { serverSettings } from "../src/settings";
import { defaults } from "./manifest";

function reader(values: Record<string, unknown>): { get(name: string): unknown } {
  return { get: (name) => values[name] };
}

test("what the user said is passed on, under the server's names", () => {
  const said = {
    configuration: "/project/orthonym.toml",
    inlayHints: true,
    settings: { minConfidence: 0.9, builtin: false, rules: { "names/acronym": "off" }, dictionaries: ["names.toml"] },
  };
  assert.deepEqual(serverSettings(reader(said)), said);
});

test("what is left empty is left to the project's own files", () => {
  const settings = { minConfidence: null, rules: {}, dictionaries: [], sourceLanguage: "" };
  assert.deepEqual(serverSettings(reader({ configuration: "", settings })), {});
  assert.deepEqual(serverSettings(reader({ settings: { ...settings, style: "ap" } })), { settings: { style: "ap" } });
});

test("what is the extension's own is not passed on", () => {
  assert.deepEqual(serverSettings(reader({ "server.path": "/opt/orthonym", documents: ["**/*.txt"] })), {});
});

test("a user who says nothing changes nothing", () => {
  assert.deepEqual(serverSettings(reader(defaults())), { isolated: false, inlayHints: false });
});
