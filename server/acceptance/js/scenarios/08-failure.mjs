import { all, assert, scenario } from "../harness.mjs";

scenario("08 a failure over wait, stream, thread, state, join", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  await assert.rejects(() => runs.wait(id, "fail", { input: { x: 1 } }), { message: "ValueError: boom" });
  const told = await runs.wait(id, "fail", { input: { x: 1 }, raiseError: false });
  assert.deepEqual(told, { __error__: { error: "ValueError", message: "boom" } });
  const events = await all(runs.stream(id, "fail", { input: { x: 2 }, streamMode: ["values", "updates"] }));
  assert.deepEqual(events.map((e) => e.event), ["metadata", "updates", "error"]);
  assert.deepEqual(events[1].data, { okstep: 1 });
  assert.deepEqual(events[2].data, { error: "ValueError", message: "boom" });

  const thread = await threads.get(id);
  assert.equal(thread.status, "error");
  assert.deepEqual(thread.error, { error: "ValueError", message: "boom" });
  const state = await threads.getState(id);
  assert.deepEqual(state.next, ["fail"]);
  assert.match(state.tasks[0].error, /ValueError.*boom/);
  assert.ok(!JSON.stringify(state).includes("at dev.clew"), "no stack trace");
  const list = await runs.list(id);
  assert.deepEqual(list.map((r) => r.status), ["error", "error", "error"]);
  assert.deepEqual(await runs.join(id, list[0].run_id), { __error__: { error: "ValueError", message: "boom" } });
});

scenario("08b input null proceeds without running finished tasks again", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  const x = Math.floor(Math.random() * 1e9);
  await assert.rejects(() => runs.wait(id, "failtask", { input: { x } }), /first time fails/);
  assert.equal((await threads.get(id)).status, "error");
  assert.deepEqual(await runs.wait(id, "failtask", { input: null }), { a: 1, f: "ok" });
  assert.equal((await threads.get(id)).status, "idle");
  assert.equal(await ctx.effects(`sure:${x}`), 1);
  assert.equal(await ctx.effects(`flaky:${x}`), 2);
});

scenario("08c a graph's failure keeps the state before it", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  const events = await all(runs.stream(id, "graphfail", { input: { notes: ["x"] }, streamMode: ["values", "updates"] }));
  assert.deepEqual(events.map((e) => e.event), ["metadata", "values", "updates", "values", "error"]);
  assert.deepEqual(events.at(-1).data, { error: "KeyError", message: "'nope'" });
  const state = await threads.getState(id);
  assert.deepEqual(state.values, { notes: ["x", "n1"] });
  assert.deepEqual(state.next, ["bad"]);
});
