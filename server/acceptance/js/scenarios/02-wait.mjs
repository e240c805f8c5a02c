import { randomUUID } from "node:crypto";
import { assert, fails, interruptItem, nothing, scenario } from "../harness.mjs";

scenario("02 wait until a question", async (ctx) => {
  const { threads, runs } = ctx.client;
  const id = await ctx.thread();
  const topic = randomUUID();
  const review = { review: { text: `On ${topic}.` } };
  const answer = await runs.wait(id, "essay", { input: { topic } });
  assert.deepEqual(Object.keys(answer), ["__interrupt__"]);
  assert.equal(answer.__interrupt__.length, 1);
  await interruptItem(ctx, answer.__interrupt__[0], review);
  const [wait] = ctx.records("POST", /runs\/wait$/);
  const location = wait.responseHeaders["content-location"];
  const run = location.split("/").pop();
  assert.equal(location, `/threads/${id}/runs/${run}`);
  assert.equal(wait.responseHeaders.location, `${location}/join`);
  assert.match(wait.responseHeaders["content-type"], /^application\/json/);

  const thread = await threads.get(id);
  assert.equal(thread.status, "interrupted");
  assert.deepEqual(thread.values, nothing(ctx));
  assert.equal(thread.metadata.graph_id, "essay");
  const [[task, [shown]]] = Object.entries(thread.interrupts);
  assert.equal(shown.id, answer.__interrupt__[0].id);
  assert.deepEqual(shown.value, review);

  const state = await threads.getState(id);
  assert.deepEqual(state.next, ["essay"]);
  assert.equal(state.tasks.length, 1);
  assert.equal(state.tasks[0].id, task);
  assert.equal(state.tasks[0].name, "essay");
  assert.equal(state.tasks[0].interrupts[0].id, shown.id);
  assert.equal(state.checkpoint.thread_id, id);
  assert.equal((await runs.get(id, run)).status, "success", "a run that asks has ended well");
});

scenario("03 the answer ends the run", async (ctx) => {
  const { threads, runs } = ctx.client;
  const id = await ctx.thread();
  const topic = randomUUID();
  await runs.wait(id, "essay", { input: { topic } });
  const value = await runs.wait(id, "essay", { command: { resume: "fine" } });
  const expected = { text: `On ${topic}.`, verdict: "fine", p: `published:On ${topic}.` };
  assert.deepEqual(value, expected);
  const thread = await threads.get(id);
  assert.equal(thread.status, "idle");
  assert.deepEqual(thread.values, expected);
  assert.deepEqual(thread.interrupts, {});
  const state = await threads.getState(id);
  assert.deepEqual(state.values, expected);
  assert.deepEqual(state.next, []);
  assert.deepEqual(state.tasks, []);
  assert.equal(await ctx.effects(`compose:${topic}`), 1, "compose ran once");

  const list = await runs.list(id);
  assert.deepEqual(list.map((r) => r.status), ["success", "success"]);
  assert.deepEqual(await runs.join(id, list[0].run_id), expected);
  await ctx.ours("join answers its own run's outcome", async () => {
    const paused = await runs.join(id, list[1].run_id);
    assert.equal(paused.__interrupt__.length, 1);
  });
  await ctx.ours("an answer with nothing pending is refused", () =>
    fails(422, () => runs.wait(id, "essay", { command: { resume: "again" } })),
  );
});

scenario("03b an answer by its interrupt's id", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  const asked = await runs.wait(id, "essay", { input: { topic: "ids" } });
  await ctx.ours("an unknown id is refused, and names what is pending", async () => {
    const refusal = await ctx.raw("POST", `/threads/${id}/runs/wait`, {
      assistant_id: "essay",
      command: { resume: { ["0".repeat(32)]: "x" } },
    });
    assert.equal(refusal.status, 422);
    assert.deepEqual(refusal.json.pending.map((p) => p.id), [asked.__interrupt__[0].id]);
    assert.equal((await runs.list(id)).length, 1, "nothing was stored");
  });
  const value = await runs.wait(id, "essay", { command: { resume: { [asked.__interrupt__[0].id]: "yes" } } });
  assert.equal(value.verdict, "yes");
});
