import { randomUUID } from "node:crypto";
import { assert, nothing, scenario, sleep, until } from "../harness.mjs";

const CHANNELS = ["values", "updates", "messages", "tools", "lifecycle", "input", "tasks", "custom"];

/** Reads the event stream of a thread as it is on the wire, for so long. */
async function wire(ctx, thread, body, millis, headers = {}) {
  const stop = new AbortController();
  const response = await fetch(`${ctx.proxy.url}/threads/${thread}/stream/events`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream", ...headers },
    body: JSON.stringify(body),
    signal: stop.signal,
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type"), /text\/event-stream/);
  const timer = setTimeout(() => stop.abort(), millis);
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body) text += decoder.decode(chunk, { stream: true });
    assert.fail("the stream ended by itself");
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
  clearTimeout(timer);
  return text
    .replaceAll("\r\n", "\n")
    .split("\n\n")
    .filter((frame) => frame.includes("data:"))
    .map((frame) => {
      const field = (name) => new RegExp(`^${name}: ?(.*)$`, "m").exec(frame)?.[1];
      return { id: field("id"), event: field("event"), data: JSON.parse(field("data")) };
    });
}

const command = (ctx, thread, id, method, params) => ctx.raw("POST", `/threads/${thread}/commands`, { id, method, params });

scenario("26 thread protocol: start, question, answer, output", async (ctx) => {
  const id = randomUUID();
  const topic = randomUUID();
  const expected = { text: `On ${topic}.`, verdict: "yes", p: `published:On ${topic}.` };
  const thread = ctx.client.threads.stream(id, { assistantId: "essay" });
  try {
    const { run_id } = await thread.run.start({ input: { topic } });
    assert.ok(run_id);
    const seen = [];
    const values = await thread.subscribe({ channels: ["values"] });
    // The client ends its loops at each rest, and goes on with the next run.
    const reading = (async () => {
      do {
        for await (const event of values) seen.push(event.params.data);
        if (values.isPaused) await values.waitForResume();
      } while (!values.closed);
    })();
    await until(() => thread.interrupts.length > 0, "the question arrives");
    const [question] = thread.interrupts;
    assert.deepEqual(question.payload, { review: { text: `On ${topic}.` } });
    await until(() => thread.interrupted, "the run rests");
    // A handle's output is settled at the first rest, by the client.
    assert.deepEqual(await thread.output, nothing(ctx));
    await thread.input.respond({
      namespace: question.namespace,
      interrupt_id: question.interruptId,
      response: "yes",
    });
    await until(() => JSON.stringify(seen.at(-1)) === JSON.stringify(expected), "the values end with the result");
    await values.unsubscribe();
    await reading;
  } finally {
    await thread.close();
  }
  const later = ctx.client.threads.stream(id, { assistantId: "essay" });
  try {
    assert.deepEqual(await later.output, expected, "the output of a handle that comes after the run");
    assert.equal(later.interrupts.length, 1, "with what was asked on the way");
  } finally {
    await later.close();
  }
  assert.equal((await ctx.client.threads.get(id)).status, "idle");
});

scenario("26b thread protocol: late readers see the same", async (ctx) => {
  const id = randomUUID();
  const early = wire(ctx, id, { channels: CHANNELS }, 5000);
  await sleep(200);
  const started = await command(ctx, id, 1, "run.start", { assistant_id: "essay", input: { topic: "w" } });
  assert.equal(started.status, 200);
  assert.equal(started.json.type, "success");
  const run = started.json.result.run_id;
  await until(
    async () => (await ctx.client.threads.get(id).catch(() => ({}))).status === "interrupted",
    "the thread asks",
  );
  const [question] = (await ctx.client.threads.getState(id)).interrupts;
  const bogus = await command(ctx, id, 2, "input.respond", {
    namespace: [],
    interrupt_id: "0".repeat(32),
    response: "zz",
  });
  assert.equal(bogus.status, 200);
  assert.equal(bogus.json.type, "error");
  assert.equal(bogus.json.error, "no_such_interrupt");
  const answered = await command(ctx, id, 3, "input.respond", { namespace: [], interrupt_id: question.id, response: "yes" });
  assert.equal(answered.json.type, "success");
  await until(async () => (await ctx.client.threads.get(id)).status === "idle", "the thread is idle");
  const again = await command(ctx, id, 4, "input.respond", { namespace: [], interrupt_id: question.id, response: "no" });
  assert.equal(again.json.error, "no_such_interrupt");

  const events = await early;
  const late = await wire(ctx, id, { channels: CHANNELS }, 1200);
  const key = (e) => `${e.data.seq} ${e.data.event_id} ${e.data.method}`;
  assert.deepEqual(late.map(key), events.map(key), "a late reader sees the same seqs, ids and methods");
  const seqs = events.map((e) => e.data.seq);
  assert.deepEqual(seqs, [...new Set(seqs)].sort((a, b) => a - b), "seq rises");
  assert.equal(new Set(events.map((e) => e.data.event_id)).size, events.length, "ids are unique");
  const root = events.filter((e) => e.data.method === "lifecycle" && e.data.params.namespace.length === 0);
  assert.deepEqual(root.map((e) => e.data.params.data.event), ["running", "interrupted", "running", "completed"]);
  assert.match(root[0].data.event_id, new RegExp(`^synth:${run}:`), "the id of a root lifecycle names its run");
  const asked = events.filter((e) => e.data.method === "input.requested");
  assert.equal(asked.length, 1);
  assert.equal(asked[0].data.params.data.interrupt_id, question.id);
  assert.deepEqual(asked[0].data.params.data.payload, { review: { text: "On w." } });
  const values = events.filter((e) => e.data.method === "values");
  assert.ok(values.every((e) => !JSON.stringify(e.data.params.data ?? {}).includes("__interrupt__")));
  assert.deepEqual(values.at(-1).data.params.data, { text: "On w.", verdict: "yes", p: "published:On w." });

  const middle = seqs[Math.floor(seqs.length / 2)];
  const since = await wire(ctx, id, { channels: CHANNELS, since: middle }, 1000);
  assert.deepEqual(since.map(key), events.filter((e) => e.data.seq > middle).map(key), "since is exclusive");
  const some = await wire(ctx, id, { channels: ["values"] }, 1000);
  assert.deepEqual(some.map(key), values.map(key), "channels filter");

  await ctx.ours("value, then input.requested, then the terminal lifecycle", () => {
    const at = (method, from = 0) => events.findIndex((e, i) => i >= from && e.data.method === method);
    assert.ok(at("input.requested") < events.indexOf(root[1]));
    assert.ok(events.indexOf(values.at(-1)) < events.indexOf(root[3]));
    assert.deepEqual(asked[0].data.params.data.value, asked[0].data.params.data.payload);
    const replied = events.filter((e) => e.data.method === "input.answered");
    assert.deepEqual(replied.map((e) => e.data.params.data.interrupt_ids), [[question.id]]);
    assert.ok(events.some((e) => e.data.method === "custom" && e.data.params.data.payload?.composing === "w"));
    assert.ok(events.some((e) => e.data.method === "updates"), "updates for run.start, too");
  });
  await ctx.ours("applied_through_seq is the last seq before the run", () => {
    assert.equal(started.json.meta.thread_id, id);
    assert.ok(answered.json.meta.applied_through_seq >= asked[0].data.seq);
    assert.ok(answered.json.meta.applied_through_seq < root[2].data.seq);
  });
  await ctx.ours("Last-Event-ID is honoured", async () => {
    const rest = await wire(ctx, id, { channels: CHANNELS }, 1000, { "last-event-id": events[2].id });
    assert.deepEqual(rest.map(key), events.slice(3).map(key));
  });
});

scenario("26d thread protocol: streams that are open before the first run see it", async (ctx) => {
  for (let round = 0; round < 4; round++) {
    const id = await ctx.thread();
    const reading = wire(ctx, id, { channels: ["values", "lifecycle"] }, 2500);
    await sleep(150);
    await ctx.client.runs.wait(id, "essay", { input: { topic: "e" } });
    const events = (await reading).filter((e) => e.data.method === "lifecycle").map((e) => e.data.params.data.event);
    assert.deepEqual(events, ["running", "interrupted"], `round ${round}`);
  }
});

scenario("27 thread protocol: refusals", async (ctx) => {
  const id = await ctx.thread();
  const error = async (n, method, params) => {
    const { status, json } = await command(ctx, id, n, method, params);
    assert.equal(status, 200);
    assert.equal(json.type, "error");
    assert.equal(json.id, n);
    assert.equal(typeof json.message, "string");
    return json.error;
  };
  assert.equal(await error(4, "nope", {}), "unknown_command");
  assert.equal(await error(5, "run.start", {}), "invalid_argument");
  assert.equal(await error(7, "input.respond", {}), "invalid_argument");
  assert.equal(await error(12, "input.respond", { namespace: [], interrupt_id: "x", response: 1 }), "no_such_interrupt");
  for (const body of [{ method: "run.start" }, { id: "x", method: "run.start" }, "{bad"])
    assert.equal((await ctx.raw("POST", `/threads/${id}/commands`, body)).status, 400, JSON.stringify(body));
  for (const body of [{}, { channels: [] }, { channels: ["bogus"] }])
    assert.equal((await ctx.raw("POST", `/threads/${id}/stream/events`, body)).status, 400, JSON.stringify(body));
  assert.equal((await ctx.client.runs.list(id)).length, 0, "nothing was stored");
  await ctx.ours("a wrong answer is refused", async () => {
    await ctx.client.runs.wait(id, "typed", { input: { text: "t" } });
    const [question] = (await ctx.client.threads.getState(id)).interrupts;
    const respond = { namespace: [], interrupt_id: question.id, response: "no record" };
    assert.equal(await error(20, "input.respond", respond), "invalid_argument");
    assert.equal((await ctx.client.threads.get(id)).status, "interrupted");
    const one = { namespace: [], interrupt_id: question.id, response: { approved: true, note: "n" } };
    const other = { namespace: [], interrupt_id: "0".repeat(32), response: 1 };
    assert.equal(await error(21, "input.respond", { responses: [one, other] }), "no_such_interrupt");
    assert.equal((await ctx.client.threads.get(id)).status, "interrupted", "all or none");
  });
});

scenario("28 thread protocol: cancel and a busy thread", async (ctx) => {
  const id = randomUUID();
  const first = await command(ctx, id, 1, "run.start", { assistant_id: "slow", input: { secs: 4 } });
  const run = first.json.result.run_id;
  await until(async () => (await ctx.client.runs.get(id, run)).status === "running", "the run starts");
  await ctx.ours("a second start is queued at once", async () => {
    const begun = Date.now();
    const second = await command(ctx, id, 2, "run.start", { assistant_id: "slow", input: { secs: 0.1 } });
    assert.equal(second.json.type, "success");
    assert.ok(Date.now() - begun < 1500, "it does not wait for the first run");
  });
  await ctx.client.runs.cancel(id, run, true);
  const events = await wire(ctx, id, { channels: ["lifecycle"] }, 2500);
  const ofRun = events.filter((e) => e.data.event_id.includes(run)).map((e) => e.data.params.data.event);
  assert.equal(ofRun[0], "running");
  assert.equal(ofRun.length, 2, "exactly one terminal event");
  await ctx.ours("a cancelled run is interrupted", () => assert.equal(ofRun[1], "interrupted"));
});

scenario("28b thread protocol: a cut stream is opened again", async (ctx) => {
  const id = randomUUID();
  ctx.proxy.cut(/^POST .*stream\/events/, 2, 2);
  const thread = ctx.client.threads.stream(id, { assistantId: "slow" });
  try {
    await thread.run.start({ input: { secs: 0.4 } });
    assert.deepEqual(await thread.output, { done: 3 });
    assert.equal(ctx.records("POST", /commands/).length, 1, "the run was started once");
  } finally {
    await thread.close();
  }
});
