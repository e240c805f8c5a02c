import { all, assert, scenario, wrapped } from "../harness.mjs";

for (const [flow, value] of [
  ["plain", "hello bob"],
  ["nul", null],
  ["num", 42],
  ["lst", [1, "two", null]],
])
  scenario(`07 ${flow}: a value that is no object`, async (ctx) => {
    const { runs, threads } = ctx.client;
    const id = await ctx.thread();
    const expected = wrapped(ctx, value);
    await ctx.ours("wait does not throw", async () =>
      assert.deepEqual(await runs.wait(id, flow, { input: "bob" }), expected),
    );
    const events = await all(runs.stream(id, flow, { input: "bob", streamMode: ["values", "updates"] }));
    assert.deepEqual(events.at(-1).data, expected);
    assert.equal(events.at(-1).event, "values");
    assert.deepEqual(events.at(-2).data, { [flow]: value });
    assert.deepEqual((await threads.getState(id)).values, expected);
    assert.deepEqual((await threads.get(id)).values, expected);
    const [last] = await runs.list(id);
    await ctx.ours("join of a finished run with such a value", async () =>
      assert.deepEqual(await runs.join(id, last.run_id), expected),
    );
  });
