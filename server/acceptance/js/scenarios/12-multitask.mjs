import { randomUUID } from "node:crypto";
import { all, assert, fails, scenario, until } from "../harness.mjs";

const running = (ctx, id, run) =>
  until(async () => (await ctx.client.runs.get(id, run.run_id)).status === "running", "the run starts");

scenario("12 reject: a busy thread refuses, and the first run is unharmed", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  const first = await runs.create(id, "slow", { input: { secs: 1 } });
  await running(ctx, id, first);
  const second = { input: {}, multitaskStrategy: "reject" };
  await fails(409, () => runs.create(id, "slow", second));
  await fails(409, () => runs.wait(id, "slow", second));
  await fails(409, () => all(runs.stream(id, "slow", second)));
  assert.equal((await threads.get(id)).status, "busy");
  assert.deepEqual(await runs.join(id, first.run_id), { done: 3 });
  assert.equal((await runs.list(id)).length, 1, "nothing was stored");
});

scenario("12b a thread that does not exist", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = randomUUID();
  await fails(404, () => runs.create(id, "slow", { input: {} }));
  await fails(404, () => runs.wait(id, "slow", { input: {}, multitaskStrategy: "reject" }));
  await fails(404, () => threads.get(id));
  const value = await runs.wait(id, "slow", { input: {}, ifNotExists: "create", metadata: { rm: 1 } });
  assert.deepEqual(value, { done: 3 });
  assert.equal((await threads.get(id)).metadata.rm, 1);
});

scenario("13 enqueue: runs go in order", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  const made = [];
  for (let n = 0; n < 3; n++) made.push(await runs.create(id, "slow", { input: { secs: 0.3, n } }));
  await running(ctx, id, made[0]);
  const waiting = await runs.list(id, { status: "pending" });
  assert.deepEqual(waiting.map((r) => r.kwargs.input.n), [2, 1], "newest first, with their inputs");
  assert.equal((await threads.get(id)).status, "busy");
  assert.deepEqual(await runs.join(id, made[2].run_id), { done: 3 });
  const list = await runs.list(id);
  assert.deepEqual(list.map((r) => [r.run_id, r.status]), [...made].reverse().map((r) => [r.run_id, "success"]));
  assert.equal((await threads.get(id)).status, "idle");
});

scenario("14 interrupt: the active and the queued runs give way", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  const first = await runs.create(id, "slow", { input: { secs: 5 } });
  const queued = await runs.create(id, "slow", { input: { secs: 5 } });
  await running(ctx, id, first);
  const value = await runs.wait(id, "slow", { input: { secs: 0.1 }, multitaskStrategy: "interrupt" });
  assert.deepEqual(value, { done: 3 });
  assert.equal((await runs.get(id, first.run_id)).status, "interrupted");
  assert.equal((await runs.get(id, queued.run_id)).status, "interrupted");
  assert.equal((await threads.get(id)).status, "idle");
});
