import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Gate } from "../src/gate";

const never = (): void => undefined;

test("the first one passes, the next one when there is news", async () => {
  const gate = new Gate();
  await gate.pass(never);
  let passed = false;
  const second = gate.pass(never).then(() => (passed = true));
  await setImmediate();
  assert.equal(passed, false);
  gate.open();
  assert.equal(await second, true);
});

test("news that come while nobody waits are kept", async () => {
  const gate = new Gate();
  await gate.pass(never);
  gate.open();
  await gate.pass(never);
});

test("who gives up does not wait", async () => {
  const gate = new Gate();
  await gate.pass(never);
  await gate.pass((go) => {
    go();
  });
});
