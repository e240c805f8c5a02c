import { randomUUID } from "node:crypto";
import { all, assert, fails, scenario, sleep, until } from "../harness.mjs";

scenario("x1 errors have one shape", async (ctx) => {
  await ctx.ours("code, message and detail", async () => {
    const id = await ctx.thread();
    for (const [method, path, body, status] of [
      ["GET", `/threads/${randomUUID()}`, undefined, 404],
      ["GET", "/nowhere", undefined, 404],
      ["PUT", "/assistants", {}, 405],
      ["POST", "/threads", "{bad", 400],
      ["POST", "/threads", { metadata: [1] }, 422],
      ["POST", `/threads/${id}/runs`, {}, 422],
      ["POST", `/threads/${id}/runs`, { assistant_id: "slow", multitask_strategy: "x" }, 422],
      ["POST", `/threads/${id}/runs`, { assistant_id: "slow", stream_mode: "bogus" }, 422],
      ["POST", `/threads/${id}/runs`, { assistant_id: "slow", durability: "x" }, 422],
      ["POST", `/threads/${id}/runs`, { assistant_id: "slow", input: { secs: "long" } }, 422],
      ["POST", `/threads/${id}/runs`, { assistant_id: "slow", input: {}, command: { resume: 1 } }, 422],
      ["POST", `/threads/${id}/runs`, { assistant_id: "slow", input: {}, interrupt_before: ["nap"] }, 422],
      ["POST", `/threads/${id}/runs`, { assistant_id: "slow", input: {}, stream_mode: "events" }, 422],
      ["POST", `/threads/search`, { limit: 0 }, 422],
      ["POST", `/threads/search`, { limit: 1001 }, 422],
      ["POST", "/internal/truncate", {}, 404],
    ]) {
      const { json, headers, ...answer } = await ctx.raw(method, path, body);
      const what = `${method} ${path} ${JSON.stringify(body)}`;
      assert.equal(answer.status, status, `${what}: ${answer.text}`);
      assert.match(headers.get("content-type"), /^application\/json/, what);
      assert.equal(typeof json.code, "string", what);
      assert.ok(json.message.length > 10, `${what}: a sentence, not ${json.message}`);
      assert.equal(json.detail, json.message, what);
      if (status === 405) assert.ok(headers.get("allow"), `${what}: Allow`);
    }
    assert.deepEqual(await ctx.client.runs.list(id), [], "nothing was stored");
  });
});

scenario("x2 null counts as absent", async (ctx) => {
  await ctx.ours("null in bodies", async () => {
    const id = await ctx.thread();
    const nulls = Object.fromEntries(
      [
        "command config context metadata checkpoint checkpoint_id stream_mode stream_subgraphs stream_resumable feedback_keys",
        "interrupt_before interrupt_after webhook multitask_strategy on_completion on_disconnect after_seconds if_not_exists",
        "durability checkpoint_during langsmith_tracer",
      ]
        .join(" ")
        .split(" ")
        .map((name) => [name, null]),
    );
    const done = await ctx.raw("POST", `/threads/${id}/runs/wait`, { ...nulls, assistant_id: "slow", input: {} });
    assert.equal(done.status, 200, done.text);
    assert.deepEqual(done.json, { done: 3 });
    const empty = { assistant_id: "slow", input: {}, checkpoint: { checkpoint_id: null }, command: { goto: [], update: null } };
    assert.equal((await ctx.raw("POST", `/threads/${id}/runs/wait`, empty)).status, 200);
    assert.equal((await ctx.raw("POST", "/threads", { thread_id: null, metadata: null, if_exists: null })).status, 200);
  });
});

scenario("x3 an idempotency key starts one run", async (ctx) => {
  await ctx.ours("Idempotency-Key", async () => {
    const id = await ctx.thread();
    const key = { "idempotency-key": randomUUID() };
    const body = { assistant_id: "slow", input: { secs: 0.1 } };
    const first = await ctx.raw("POST", `/threads/${id}/runs`, body, key);
    const second = await ctx.raw("POST", `/threads/${id}/runs`, body, key);
    assert.equal(first.status, 200, first.text);
    assert.equal(second.json.run_id, first.json.run_id);
    const other = await ctx.raw("POST", `/threads/${id}/runs`, { ...body, input: { secs: 0.2 } }, key);
    assert.equal(other.status, 409, other.text);
    await ctx.client.runs.join(id, first.json.run_id);
    const late = await ctx.raw("POST", `/threads/${id}/runs/wait`, body, key);
    assert.deepEqual(late.json, { done: 3 }, "the answer of the run that is there");
    assert.equal((await ctx.client.runs.list(id)).length, 1);
  });
});

scenario("x4 waiting answers send their headers first", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  const input = { secs: 2 };
  const waits = [1, 2, 3, 4].map(async () => runs.wait(await ctx.thread(), "slow", { input }));
  const run = await runs.create(id, "slow", { input });
  await until(() => ctx.records("POST", /runs\/wait/).filter((r) => r.headersAfter !== undefined).length === 4, "headers of four waits");
  assert.ok(ctx.records("POST", /runs\/wait/).every((r) => r.headersAfter < 1000), "before the work is done");
  await ctx.ours("a fifth request is not held up", () => runs.cancel(id, run.run_id, true));
  for (const value of await Promise.all(waits)) assert.deepEqual(value, { done: 3 });
});

scenario("x5 a silent stream beats", async (ctx) => {
  const id = await ctx.thread();
  const response = await fetch(`${ctx.proxy.url}/threads/${id}/runs/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ assistant_id: "slow", input: { secs: 6 }, stream_mode: ["updates"] }),
  });
  const text = await response.text();
  const beats = text.split("\n").filter((line) => line.startsWith(":"));
  assert.ok(beats.length >= 2, `beats of 5 s in 12 s: ${beats.length}`);
});

scenario("x6 on_disconnect: cancel, and continue", async (ctx) => {
  const { runs } = ctx.client;
  const left = async (onDisconnect) => {
    const id = await ctx.thread();
    const stop = new AbortController();
    let run;
    const reading = all(
      runs.stream(id, "slow", {
        input: { secs: 6 },
        onDisconnect,
        signal: stop.signal,
        streamMode: ["updates"],
        onRunCreated: (created) => (run = created.run_id),
      }),
    ).catch(() => {});
    await until(async () => run && (await runs.get(id, run)).status === "running", "the run starts");
    stop.abort();
    await reading;
    return [id, run];
  };
  const [cancelled, first] = await left("cancel");
  const [going, second] = await left("continue");
  await until(async () => (await runs.get(cancelled, first)).status === "interrupted", "the run is cancelled", 12000);
  assert.equal((await runs.get(going, second)).status, "running");
  await runs.cancel(going, second, true);
});

scenario("x7 meta", async (ctx) => {
  const ok = await ctx.raw("GET", "/ok");
  assert.equal(ok.json.ok, true);
  const info = await ctx.raw("GET", "/info");
  assert.equal(typeof info.json.version, "string");
  assert.equal(info.json.flags.assistants, true);
  const open = await ctx.raw("GET", "/openapi.json");
  assert.match(open.json.openapi, /^3\./);
  assert.ok(Object.keys(open.json.paths).length > 30);
  assert.ok("/threads/{thread_id}/runs/wait" in open.json.paths);
});

scenario("x8 bodies that a form can send are refused", async (ctx) => {
  await ctx.ours("text/plain", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const refused = await ctx.raw("POST", "/threads", "{}", { "content-type": type });
      assert.ok([400, 415, 422].includes(refused.status), `${type}: ${refused.status}`);
    }
    const host = await fetch(`${ctx.url}/threads/search`, { method: "POST", body: "{}", headers: { "content-type": "application/json" } });
    assert.equal(host.status, 200);
    await host.arrayBuffer();
  });
});

scenario("x9 ids that are no UUIDs", async (ctx) => {
  await ctx.ours("any text names a thread", async () => {
    const { threads, runs } = ctx.client;
    const plain = `order.42:x_1-${randomUUID()}`;
    await threads.create({ threadId: plain });
    assert.deepEqual(await runs.wait(plain, "slow", { input: {} }), { done: 3 });
    assert.equal((await threads.get(plain)).thread_id, plain);
    const odd = `a/b ü ${randomUUID()}`;
    await threads.create({ threadId: odd });
    const wire = "~" + Buffer.from(odd).toString("base64url");
    const got = await ctx.raw("GET", `/threads/${wire}`);
    assert.equal(got.json.thread_id, odd);
    const done = await ctx.raw("POST", `/threads/${wire}/runs/wait`, { assistant_id: "slow", input: {} });
    assert.deepEqual(done.json, { done: 3 });
    assert.ok(done.headers.get("content-location").startsWith(`/threads/${wire}/runs/`));
    await fails(404, () => threads.get(`none-${randomUUID()}`));
  });
});

scenario("x10 many streams of one thread see the same", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  const run = await runs.create(id, "slow", { input: { secs: 0.4 }, streamMode: ["values", "updates"], streamResumable: true });
  const readers = await Promise.all(
    [1, 2, 3].map((n) => sleep(n * 250).then(() => all(runs.joinStream(id, run.run_id, { lastEventId: "-1" })))),
  );
  for (const events of readers) {
    assert.deepEqual(events, readers[0]);
    assert.deepEqual(events.at(-1).data, { done: 3 });
  }
});
