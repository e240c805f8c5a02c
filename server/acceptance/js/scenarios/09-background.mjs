import { randomUUID } from "node:crypto";
import { assert, fails, scenario, until } from "../harness.mjs";

scenario("09 a background run: create, get, list, join", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  let created;
  const run = await runs.create(id, "slow", {
    input: { secs: 0.2 },
    metadata: { rm: 1 },
    onRunCreated: (r) => (created = r),
  });
  assert.equal(created.run_id, run.run_id);
  assert.equal(run.status, "pending");
  assert.equal(run.thread_id, id);
  assert.equal(run.metadata.rm, 1);
  assert.equal(run.multitask_strategy, "enqueue");
  assert.deepEqual(run.kwargs.input, { secs: 0.2 });
  assert.deepEqual((await runs.list(id)).map((r) => r.run_id), [run.run_id]);
  assert.deepEqual(await runs.join(id, run.run_id), { done: 3 });
  assert.equal((await runs.get(id, run.run_id)).status, "success", "final when join answers");
  assert.deepEqual(await runs.join(id, run.run_id), { done: 3 }, "join of a finished run");
  await ctx.ours("an unknown run is 404, in one request", async () => {
    ctx.proxy.reset();
    await fails(404, () => runs.join(id, randomUUID()));
    await fails(404, () => runs.get(id, randomUUID()));
    assert.equal(ctx.proxy.records.length, 2);
  });
  await fails(404, () => runs.list(randomUUID()));
});

scenario("09c a finished run is deleted", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  const run = await runs.create(id, "slow", { input: {} });
  await runs.join(id, run.run_id);
  await runs.delete(id, run.run_id);
  await fails(404, () => runs.get(id, run.run_id));
});

scenario("09b a stateless run leaves no thread", async (ctx) => {
  const { runs, threads } = ctx.client;
  const mark = randomUUID();
  const value = await runs.wait(null, "essay", { input: { topic: "s" }, metadata: { mark } });
  assert.equal(value.__interrupt__.length, 1, "a question is an ordinary answer");
  assert.deepEqual(await runs.wait(null, "slow", { input: {}, metadata: { mark } }), { done: 3 });
  await until(async () => (await threads.search({ metadata: { mark } })).length === 0, "no thread of it is found");
  const batch = await runs.createBatch([
    { assistantId: "slow", input: {} },
    { assistantId: "slow", input: {} },
  ]);
  assert.equal(batch.length, 2);
});
