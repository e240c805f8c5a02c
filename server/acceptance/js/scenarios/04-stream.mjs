import { randomUUID } from "node:crypto";
import { all, assert, interruptItem, scenario, wrapped } from "../harness.mjs";

const kinds = (events) =>
  events.map((e) => (e.event === "updates" ? `updates ${Object.keys(e.data).join()}` : e.event));

scenario("04 stream: values, updates, custom in order", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  const topic = randomUUID();
  let created;
  const modes = ["values", "updates", "custom"];
  const events = await all(
    runs.stream(id, "essay", { input: { topic }, streamMode: modes, onRunCreated: (run) => (created = run) }),
  );
  assert.deepEqual(kinds(events), ["metadata", "custom", "updates compose", "updates __interrupt__", "values"]);
  assert.equal(events[0].data.run_id, created.run_id);
  assert.equal(created.thread_id, id);
  assert.deepEqual(events[1].data, { composing: topic });
  assert.deepEqual(events[2].data, { compose: { text: `On ${topic}.` } });
  for (const at of [3, 4]) await interruptItem(ctx, events[at].data.__interrupt__[0], { review: { text: `On ${topic}.` } });
  const [post] = ctx.records("POST", /runs\/stream/);
  assert.match(post.responseHeaders["content-type"], /^text\/event-stream/);
  assert.equal(post.responseHeaders["cache-control"], "no-store");
  assert.equal(post.responseHeaders["content-location"], `/threads/${id}/runs/${created.run_id}`);
  assert.match(post.responseHeaders.location, new RegExp(`^/threads/${id}/runs/${created.run_id}/stream`));
  await ctx.ours("every event has an id, and no id comes twice", () => {
    const ids = events.map((e) => e.id);
    assert.ok(ids.every(Boolean), `ids: ${ids}`);
    assert.equal(new Set(ids).size, ids.length);
  });

  const resumed = await all(runs.stream(id, "essay", { command: { resume: "ok" }, streamMode: modes }));
  const rest = resumed.filter((e, i) => !(i === 1 && e.event === "values"));
  assert.deepEqual(kinds(rest), ["metadata", "updates publish", "updates essay", "values"]);
  assert.deepEqual(rest[1].data, { publish: `published:On ${topic}.` });
  const last = resumed.at(-1).data;
  assert.deepEqual(last, { text: `On ${topic}.`, verdict: "ok", p: `published:On ${topic}.` });
  assert.deepEqual(last, (await ctx.client.threads.get(id)).values);
});

scenario("04b stream: tasks have a start and an end", async (ctx) => {
  const id = await ctx.thread();
  const events = await all(
    ctx.client.runs.stream(id, "essay", { input: { topic: "t" }, streamMode: ["tasks", "updates"] }),
  );
  const tasks = events.filter((e) => e.event === "tasks").map((e) => e.data);
  assert.deepEqual(tasks.map((t) => `${t.name} ${"triggers" in t ? "start" : "end"}`), [
    "essay start",
    "compose start",
    "compose end",
    "essay end",
  ]);
  const [flow, compose, composed, asked] = tasks;
  assert.deepEqual(flow.input, { topic: "t" });
  assert.equal(compose.id, composed.id);
  assert.equal(flow.id, asked.id);
  assert.equal(composed.error, null);
  assert.equal(asked.interrupts.length, 1);
});

scenario("04c stream: graphs show their state after each superstep", async (ctx) => {
  const id = await ctx.thread();
  const { runs } = ctx.client;
  const events = await all(
    runs.stream(id, "graph", { input: { notes: ["in"] }, streamMode: ["values", "updates"] }),
  );
  const plain = events.map((e) => [e.event, e.data.__interrupt__ ? "?" : e.data]).slice(1);
  assert.deepEqual(plain, [
    ["values", { notes: ["in"] }],
    ["updates", { n1: { notes: ["n1"] } }],
    ["values", { notes: ["in", "n1"] }],
    ["updates", "?"],
    ["values", "?"],
  ]);
  assert.deepEqual(events.at(-1).data.notes, ["in", "n1"]);
  const resumed = await all(runs.stream(id, "graph", { command: { resume: "yes" }, streamMode: ["values", "updates"] }));
  assert.deepEqual(resumed.slice(1).map((e) => [e.event, e.data]), [
    ["values", { notes: ["in", "n1"] }],
    ["updates", { n2: { notes: ["yes"] } }],
    ["values", { notes: ["in", "n1", "yes"] }],
  ]);
});

scenario("04d stream: children by stream_subgraphs only", async (ctx) => {
  const { runs } = ctx.client;
  const input = { text: "hi" };
  const run = async (streamSubgraphs) =>
    all(runs.stream(await ctx.thread(), "parent", { input, streamMode: ["updates"], streamSubgraphs }));
  const without = await run(false);
  assert.ok(without.every((e) => !e.event.includes("|")));
  assert.deepEqual(without.at(-1).data, { parent: { said: "HI" } });
  const with_ = await run(true);
  const nested = with_.filter((e) => e.event.startsWith("updates|"));
  assert.ok(nested.length > 0, "the child's updates are shown");
  assert.match(nested[0].event, /^updates\|[^:|]+:[^|]+/);
  assert.deepEqual(nested[0].data, { shout: "HI" });
  assert.deepEqual(wrapped(ctx, with_.at(-1).data), { parent: { said: "HI" } });
});
