import { assert, fails, interruptItem, scenario } from "../harness.mjs";

scenario("05 two questions at once, answered one by one", async (ctx) => {
  await ctx.ours("both questions of one flow are shown", async () => {
    const { runs, threads } = ctx.client;
    const id = await ctx.thread();
    const asked = await runs.wait(id, "two", { input: { q: "?" } });
    const byAsk = Object.fromEntries(asked.__interrupt__.map((i) => [i.value.ask, i]));
    assert.deepEqual(Object.keys(byAsk).sort(), ["left", "right"]);
    for (const item of asked.__interrupt__) await interruptItem(ctx, item, { ask: item.value.ask, q: "?" });
    const thread = await threads.get(id);
    assert.equal(Object.values(thread.interrupts).flat().length, 2);
    const bare = await fails(422, () => runs.wait(id, "two", { command: { resume: "x" } }));
    assert.match(bare.message, /2|two|which/i, "the refusal says that two are pending");
    const half = await runs.wait(id, "two", { command: { resume: { [byAsk.left.id]: "L" } } });
    assert.deepEqual(half.__interrupt__.map((i) => i.id), [byAsk.right.id], "the other one is still asked");
    await fails(422, () => runs.wait(id, "two", { command: { resume: { [byAsk.left.id]: "again" } } }));
    assert.deepEqual(await runs.wait(id, "two", { command: { resume: { [byAsk.right.id]: "R" } } }), {
      left: "L",
      right: "R",
    });
  });
});

scenario("05b two questions answered by one map", async (ctx) => {
  await ctx.ours("both questions of one flow are shown", async () => {
    const { runs } = ctx.client;
    const id = await ctx.thread();
    const asked = await runs.wait(id, "two", { input: { q: "?" } });
    const resume = Object.fromEntries(asked.__interrupt__.map((i) => [i.id, i.value.ask.toUpperCase()]));
    assert.deepEqual(await runs.wait(id, "two", { command: { resume } }), { left: "LEFT", right: "RIGHT" });
  });
});

scenario("06 a typed answer: schema, wrong answers, the right one", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  const asked = await runs.wait(id, "typed", { input: { text: "t" } });
  const [question] = asked.__interrupt__;
  const schema = question.response_schema;
  assert.equal(schema.type, "object");
  assert.equal(schema.properties.approved.type, "boolean");
  assert.ok([schema.properties.note.type].flat().includes("string"));
  assert.deepEqual([...schema.required].sort(), ["approved", "note"]);
  const state = await threads.getState(id);
  assert.deepEqual(state.tasks[0].interrupts[0].response_schema, schema);
  await ctx.ours("a wrong answer is refused, and nothing is stored", async () => {
    for (const resume of ["yes", { approved: "perhaps", note: "n" }, { approved: true }, 5, null, [], false]) {
      const refusal = await ctx.raw("POST", `/threads/${id}/runs/wait`, { assistant_id: "typed", command: { resume } });
      assert.equal(refusal.status, 422, `${JSON.stringify(resume)}: ${refusal.text}`);
      assert.ok(refusal.json.detail, "with a sentence");
      if (resume !== null) assert.deepEqual(refusal.json.pending?.map((p) => p.id), [question.id], JSON.stringify(resume));
    }
    assert.equal((await threads.get(id)).status, "interrupted");
    assert.equal((await runs.list(id)).length, 1);
  });
  const value = await runs.wait(id, "typed", { command: { resume: { approved: true, note: "good" } } });
  assert.deepEqual(value, { text: "t", approved: true, note: "good" });
});

scenario("06b a plain input for a thread that asks starts anew", async (ctx) => {
  const { runs, threads } = ctx.client;
  const id = await ctx.thread();
  const first = await runs.wait(id, "essay", { input: { topic: "one" } });
  const second = await runs.wait(id, "essay", { input: { topic: "two" } });
  assert.deepEqual(second.__interrupt__[0].value, { review: { text: "On two." } });
  assert.notEqual(second.__interrupt__[0].id, first.__interrupt__[0].id);
  const shown = Object.values((await threads.get(id)).interrupts).flat();
  assert.deepEqual(shown.map((i) => i.id), [second.__interrupt__[0].id], "the old question is withdrawn");
  assert.equal((await runs.wait(id, "essay", { command: { resume: "x" } })).text, "On two.");
});
