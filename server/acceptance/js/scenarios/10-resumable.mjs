import { all, assert, scenario } from "../harness.mjs";

const modes = ["values", "updates", "custom"];

scenario("10 a resumable stream is read again from any id", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  const run = await runs.create(id, "essay", { input: { topic: "r" }, streamMode: modes, streamResumable: true });
  const start = ctx.official ? "-1" : "";
  const whole = await all(runs.joinStream(id, run.run_id, { lastEventId: start }));
  assert.deepEqual(whole.map((e) => e.event), ["metadata", "custom", "updates", "updates", "values"]);
  const ids = whole.map((e) => e.id);
  assert.equal(new Set(ids).size, ids.length, `ids are unique: ${ids}`);
  for (let round = 0; round < 2; round++) {
    assert.deepEqual(await all(runs.joinStream(id, run.run_id, { lastEventId: "-1" })), whole);
    for (let at = 0; at < ids.length; at++)
      assert.deepEqual(await all(runs.joinStream(id, run.run_id, { lastEventId: ids[at] })), whole.slice(at + 1));
  }
  await ctx.ours("an unknown cursor is the start", async () =>
    assert.deepEqual(await all(runs.joinStream(id, run.run_id, { lastEventId: "999999999-1-1" })), whole),
  );
  await ctx.ours("modes of a join, in the three spellings", async () => {
    for (const query of ["stream_mode=updates&stream_mode=custom", 'stream_mode=["updates","custom"]', "stream_mode=updates,custom"]) {
      const { text, status } = await ctx.raw("GET", `/threads/${id}/runs/${run.run_id}/stream?${encodeURI(query)}`, undefined, {
        "last-event-id": "-1",
      });
      assert.equal(status, 200);
      const named = [...text.matchAll(/^event: ?(.*?)\r?$/gm)].map((m) => m[1]).filter((e) => e !== "metadata");
      assert.deepEqual(named, ["custom", "updates", "updates"], query);
    }
  });
});

scenario("11 a cut stream is resumed by its Location", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  ctx.proxy.cut(/^POST .*runs\/stream/, 2, 1, "event: val");
  const events = await all(
    runs.stream(id, "slow", { input: { secs: 0.3 }, streamMode: ["values", "updates"], streamResumable: true }),
  );
  assert.deepEqual(events.map((e) => e.event), ["metadata", "updates", "updates", "updates", "values"]);
  assert.deepEqual(events.at(-1).data, { done: 3 });
  const again = ctx.records("GET", /\/stream/);
  assert.ok(again.length >= 1, "the client came back");
  assert.ok(again[0].headers["last-event-id"], "with its last id");
  assert.equal(ctx.records("POST", /runs\/stream/).length, 1, "the run was posted once");
  assert.equal((await runs.list(id)).length, 1);
});

scenario("11b a stream is resumed although nothing asked for it", async (ctx) => {
  await ctx.ours("every stream can be resumed", async () => {
    const { runs } = ctx.client;
    const id = await ctx.thread();
    ctx.proxy.cut(/^POST .*runs\/stream/, 2);
    ctx.proxy.cut(/^GET .*\/stream/, 1);
    const events = await all(runs.stream(id, "slow", { input: { secs: 0.3 }, streamMode: ["values", "updates"] }));
    assert.deepEqual(events.map((e) => e.event), ["metadata", "updates", "updates", "updates", "values"]);
    assert.equal(ctx.records("GET", /\/stream/).length, 2);
  });
});
