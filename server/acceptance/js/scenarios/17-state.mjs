import { assert, fails, scenario, until } from "../harness.mjs";

scenario("17 updateState: the next run reads it", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  await fails(400, () => threads.updateState(id, { values: { count: 1 } }));
  assert.deepEqual(await runs.wait(id, "counter", { input: { by: 1 } }), { count: 1 });
  const answer = await threads.updateState(id, { values: { count: 41 } });
  const state = await threads.getState(id);
  assert.deepEqual(state.values, { count: 41 });
  assert.equal(answer.configurable.checkpoint_id, state.checkpoint.checkpoint_id);
  assert.equal(answer.checkpoint.checkpoint_id, state.checkpoint.checkpoint_id);
  assert.equal(state.metadata.source, "update");
  assert.deepEqual(await runs.wait(id, "counter", { input: { by: 1 } }), { count: 42 });
  await ctx.ours("values of the wrong type are refused, nothing is stored", async () => {
    await fails(422, () => threads.updateState(id, { values: { count: "many" } }));
    assert.deepEqual((await threads.getState(id)).values, { count: 42 });
  });
});

scenario("17b updateState: a busy thread refuses", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  const run = await runs.create(id, "slow", { input: { secs: 1 } });
  await until(async () => (await runs.get(id, run.run_id)).status === "running", "the run starts");
  await fails(409, () => threads.updateState(id, { values: { done: 1 } }));
  assert.deepEqual(await runs.join(id, run.run_id), { done: 3 });
});

scenario("17c updateState: a graph's node", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  await runs.wait(id, "graph", { input: { notes: ["a"] } });
  await threads.updateState(id, { values: { notes: ["u"] }, asNode: "n2" });
  assert.equal((await threads.get(id)).status, "idle");
  assert.deepEqual((await threads.getState(id)).values, { notes: ["a", "n1", "u"] });
  const unknown = await fails(ctx.official ? 400 : 422, () => threads.updateState(id, { values: { notes: ["x"] }, asNode: "nope" }));
  assert.match(unknown.message, /nope/);
  await threads.updateState(id, { values: { notes: ["v"] }, asNode: "n1" });
  assert.equal((await threads.get(id)).status, "interrupted", "a node is next");
  assert.deepEqual((await threads.getState(id)).next, ["n2"]);
});
