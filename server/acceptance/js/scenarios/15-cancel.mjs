import { randomUUID } from "node:crypto";
import { all, assert, fails, scenario, until } from "../harness.mjs";

const statusOf = (ctx, id, run, status) =>
  until(async () => (await ctx.client.runs.get(id, run)).status === status, `the run becomes ${status}`);

scenario("15 cancel: a running run, not waited for", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  const run = await runs.create(id, "slow", { input: { secs: 8 } });
  await statusOf(ctx, id, run.run_id, "running");
  const joined = all(runs.joinStream(id, run.run_id));
  const begun = Date.now();
  assert.equal(await runs.cancel(id, run.run_id, false), undefined);
  const [post] = ctx.records("POST", /cancel/);
  assert.equal(post.status, 202);
  await joined;
  assert.ok(Date.now() - begun < 3000, "the stream ends at once");
  await statusOf(ctx, id, run.run_id, "interrupted");
  const thread = await threads.get(id);
  assert.equal(thread.status, ctx.official ? "interrupted" : "idle");
  await ctx.ours("cancelling again changes nothing", async () => {
    await runs.cancel(id, run.run_id, false);
    await runs.cancel(id, run.run_id, true);
    assert.equal((await runs.get(id, run.run_id)).status, "interrupted");
  });
});

scenario("15b cancel: waited for", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  const run = await runs.create(id, "slow", { input: { secs: 8 } });
  await statusOf(ctx, id, run.run_id, "running");
  await runs.cancel(id, run.run_id, true);
  assert.equal(ctx.records("POST", /cancel/)[0].status, 200);
  assert.equal((await runs.get(id, run.run_id)).status, "interrupted", "ended when cancel answers");
  const done = await runs.wait(id, "slow", { input: {} });
  assert.deepEqual(done, { done: 3 }, "the thread takes the next run");
  await ctx.ours("cancelling a finished run is harmless", async () => {
    const [last] = await runs.list(id);
    await runs.cancel(id, last.run_id, true);
    await runs.cancel(id, last.run_id, false);
    assert.equal((await runs.get(id, last.run_id)).status, "success");
  });
  await fails(404, () => runs.cancel(id, randomUUID()));
});

scenario("15c cancel: a pending run, and many", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  const first = await runs.create(id, "slow", { input: { secs: 1 } });
  const second = await runs.create(id, "slow", { input: { secs: 1 } });
  const third = await runs.create(id, "slow", { input: { secs: 1 } });
  await statusOf(ctx, id, first.run_id, "running");
  await runs.cancel(id, second.run_id, true);
  assert.equal((await runs.get(id, second.run_id)).status, "interrupted");
  await ctx.ours("the thread stays busy", async () => assert.equal((await threads.get(id)).status, "busy"));
  await runs.cancelMany({ threadId: id, runIds: [third.run_id] });
  await statusOf(ctx, id, third.run_id, "interrupted");
  assert.deepEqual(await runs.join(id, first.run_id), { done: 3 });
  await until(async () => (await threads.get(id)).status === "idle", "the thread is idle");
});
