// node crash.mjs SERVE DATABASE [pattern]: kills a server under clients that stream, starts another one over the same database
// at the same port, and looks at what the clients saw: each stored event once, and the end.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import net from "node:net";
import { Client } from "@langchain/langgraph-sdk";
import { assert, until } from "./harness.mjs";

const RUNS = Number(process.env.RUNS ?? 8);
const READERS = Number(process.env.READERS ?? 4);

const [serve, place, pattern = ""] = process.argv.slice(2).filter((a) => !a.startsWith("--"));
const name = "crash: a server is killed under streaming clients";
if (!new RegExp(pattern).test(name)) process.exit(0);

const port = await new Promise((resolve) => {
  const probe = net.createServer().listen(0, "127.0.0.1", () => {
    const free = probe.address().port;
    probe.close(() => resolve(free));
  });
});

/** A server that answers. */
async function start() {
  const server = spawn(serve, [String(port), place], { stdio: ["ignore", "pipe", "ignore"] });
  await new Promise((resolve, reject) => {
    server.stdout.once("data", resolve);
    server.once("exit", () => reject(new Error("the server did not start")));
  });
  return server;
}

const kill = (server) =>
  new Promise((resolve) => {
    server.once("exit", resolve);
    server.kill("SIGKILL");
  });

const client = new Client({ apiUrl: `http://127.0.0.1:${port}`, apiKey: null });
let server = await start();
let failure;
const begun = Date.now();
try {
  const key = randomUUID();
  const threads = [];
  for (let i = 0; i < RUNS; i++) threads.push((await client.threads.create()).thread_id);
  const asking = (await client.threads.create()).thread_id;
  const asked = await client.runs.wait(asking, "essay", { input: { topic: "k" } });
  const waiting = (await client.threads.create()).thread_id;
  const background = await client.runs.create(waiting, "slow", { input: { secs: 1, key: `${key}-b` } });

  const streamMode = ["updates", "values"];
  const seen = [];
  const reading = [];
  const collect = async (stream) => {
    const events = [];
    seen.push(events);
    for await (const event of stream) events.push(event);
  };
  for (const [i, thread] of threads.entries()) {
    const input = { secs: 3, key: `${key}-${i}` };
    let run;
    const onRunCreated = (created) => (run = created.run_id);
    reading.push(collect(client.runs.stream(thread, "slow", { input, streamMode, onRunCreated })));
    await until(() => run, "the run is created");
    for (let reader = 1; reader < READERS; reader++)
      reading.push(collect(client.runs.joinStream(thread, run, { streamMode })));
  }
  const readers = Promise.all(reading);
  readers.catch(() => {});
  // Each has its first step behind it, and is in the second one.
  await until(() => seen.every((events) => events.some((e) => e.event === "updates")), "all streams have begun", 30000);
  assert.ok(seen.every((events) => events.length === 2), "and none is over");
  await kill(server);
  server = await start();
  await readers;

  for (const [i, events] of seen.entries()) {
    assert.deepEqual(events.map((e) => e.event), ["metadata", "updates", "updates", "updates", "values"], `stream ${i}`);
    assert.equal(new Set(events.map((e) => e.id)).size, events.length, "each event once");
    assert.deepEqual(events.at(-1).data, { done: 3 });
  }
  for (const thread of threads) {
    assert.equal((await client.threads.get(thread)).status, "idle");
    assert.equal((await client.runs.list(thread)).length, 1, "no run was posted twice");
  }
  assert.deepEqual(await client.runs.join(waiting, background.run_id), { done: 3 });
  const [question] = (await client.threads.getState(asking)).interrupts;
  assert.equal(question.id, asked.__interrupt__[0].id, "the question is still asked");
  const answered = await client.runs.wait(asking, "essay", { command: { resume: "yes" } });
  assert.equal(answered.verdict, "yes");
  for (const i of threads.keys()) {
    const { count } = await client.runs.wait(null, "effects", { input: `nap:${key}-${i}` });
    assert.equal(count, 1, "the second server executed the second step only");
  }
} catch (error) {
  failure = error;
} finally {
  await kill(server);
}
const millis = Date.now() - begun;
if (failure) console.log(`FAIL ${name} ${millis} ms\n       ${String(failure.stack ?? failure).split("\n").slice(0, 14).join("\n       ")}`);
else console.log(`ok   ${name} ${millis} ms`);
process.exit(failure ? 1 : 0);
