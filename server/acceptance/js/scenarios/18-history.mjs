import { randomUUID } from "node:crypto";
import { assert, fails, scenario } from "../harness.mjs";

scenario("18 history: order, parents, limit, before, metadata", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  await runs.wait(id, "graph", { input: { notes: ["a"] } });
  await runs.wait(id, "graph", { command: { resume: "r" } });
  const history = await threads.getHistory(id, { limit: 100 });
  const ids = history.map((s) => s.checkpoint.checkpoint_id);
  assert.deepEqual(ids, [...ids].sort().reverse(), "ids descend");
  assert.deepEqual(history.map((s) => s.next), [[], ["n2"], ["n1"], ["__start__"]].slice(0, history.length));
  for (let i = 0; i + 1 < history.length; i++)
    assert.equal(history[i].parent_checkpoint.checkpoint_id, ids[i + 1], "parents link");
  assert.equal(history.at(-1).parent_checkpoint, null);
  assert.deepEqual(history.slice(0, 3).map((s) => s.values.notes), [["a", "n1", "r"], ["a", "n1"], ["a"]]);
  const shorter = await threads.getHistory(id, { limit: 2 });
  assert.deepEqual(shorter, history.slice(0, 2));
  const before = await threads.getHistory(id, { before: { configurable: { checkpoint_id: ids[0] } } });
  assert.deepEqual(before, history.slice(1));
  const step = history[1].metadata.step;
  assert.deepEqual(await threads.getHistory(id, { metadata: { step } }), [history[1]]);
  const stateAt = async (checkpoint) => {
    const state = await threads.getState(id, checkpoint);
    return ctx.official ? { ...state, checkpoint: { checkpoint_ns: "", ...state.checkpoint } } : state;
  };
  for (const entry of history) assert.deepEqual(await stateAt(entry.checkpoint), entry, "a state equals its entry");
  assert.deepEqual(await stateAt(ids[1]), history[1]);
  await ctx.ours("before as text; an unknown checkpoint is 404", async () => {
    const text = await ctx.raw("POST", `/threads/${id}/history`, { limit: 10, before: ids[0] });
    assert.deepEqual(text.json, history.slice(1));
    await fails(404, () => threads.getState(id, randomUUID()));
  });
});

scenario("18b history: a flow has an entry before and after its run", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  await runs.wait(id, "counter", { input: {} });
  await runs.wait(id, "counter", { input: {} });
  const history = await threads.getHistory(id);
  assert.deepEqual(history.map((s) => s.metadata.step), [2, 1, 0, -1]);
  assert.deepEqual(history.map((s) => s.metadata.source), ["loop", "input", "loop", "input"]);
  assert.deepEqual(history.map((s) => s.next), [[], ["counter"], [], ["counter"]]);
  assert.deepEqual(history[0].values, { count: 2 });
  assert.deepEqual(history[2].values, { count: 1 });
});

scenario("19 a run from an older checkpoint", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  for (let i = 0; i < 3; i++) await runs.wait(id, "counter", { input: {} });
  const history = await threads.getHistory(id, { limit: 10 });
  const first = history.find((s) => s.values?.count === 1 && s.next.length === 0);
  const value = await runs.wait(id, "counter", { input: { by: 10 }, checkpoint: first.checkpoint });
  assert.deepEqual(value, { count: 11 });
  await ctx.ours("an unknown checkpoint is 404", () =>
    fails(404, () => runs.wait(id, "counter", { input: {}, checkpointId: randomUUID() })),
  );
});

scenario("20 copy: the copies diverge", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  for (let i = 1; i <= 5; i++) assert.deepEqual(await runs.wait(id, "counter", { input: {} }), { count: i });
  const copy = await threads.copy(id);
  assert.notEqual(copy.thread_id, id);
  assert.deepEqual(await runs.wait(copy.thread_id, "counter", { input: { by: 10 } }), { count: 15 });
  assert.deepEqual((await threads.getState(id)).values, { count: 5 }, "the original is untouched");
  assert.deepEqual(await runs.wait(id, "counter", { input: {} }), { count: 6 });
  await fails(ctx.official ? 409 : 404, () => threads.copy(randomUUID()));
});

scenario("20b copy of a thread that asks", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  await runs.wait(id, "graph", { input: { notes: ["a"] } });
  const copy = await threads.copy(id);
  await ctx.ours("the copy asks, too", async () =>
    assert.equal((await threads.get(copy.thread_id)).status, "interrupted"),
  );
  assert.deepEqual((await threads.getState(copy.thread_id)).next, ["n2"]);
  assert.deepEqual(await runs.wait(copy.thread_id, "graph", { command: { resume: "c" } }), { notes: ["a", "n1", "c"] });
  assert.deepEqual((await threads.getState(id)).next, ["n2"]);
});
