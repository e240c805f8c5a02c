// What the scenarios share: registration, the client, and assertions that name what was sent and what came.
import assert from "node:assert/strict";
import { Client } from "@langchain/langgraph-sdk";

export { assert };

export const scenarios = [];

/** Registers a scenario; its number is the one of the protocol's catalogue, x for those beyond it. */
export function scenario(name, body) {
  scenarios.push({ name, body });
}

/** What a scenario gets: a client through the counting proxy, and the mode. */
export class Context {
  constructor(url, proxy, official) {
    this.url = url;
    this.proxy = proxy;
    this.official = official;
    this.skipped = [];
    this.client = new Client({ apiUrl: proxy.url, apiKey: null });
  }

  /** Checks what ours decides otherwise than the official Python server: left out, and counted, against that server. */
  async ours(reason, check) {
    if (this.official) {
      this.skipped.push(reason);
      return undefined;
    }
    return check();
  }

  /** A request without any client library. */
  async raw(method, path, body, headers = {}) {
    const response = await fetch(this.proxy.url + path, {
      method,
      headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    let json;
    try {
      json = text === "" ? undefined : JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status, headers: response.headers, text, json };
  }

  /** How often a task really ran, as the workflow "effects" counts it. */
  async effects(key) {
    const thread = await this.client.threads.create();
    const { count } = await this.client.runs.wait(thread.thread_id, "effects", { input: key });
    return count;
  }

  async thread() {
    return (await this.client.threads.create()).thread_id;
  }

  records(method, path) {
    return this.proxy.records.filter((r) => r.method === method && path.test(r.path));
  }
}

/** Collects a stream. */
export async function all(stream) {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
}

/** The error of a call that must fail with this status. */
export async function fails(status, call) {
  let value;
  try {
    value = await call();
  } catch (error) {
    assert.equal(error.status, status, `status of the refusal: ${error.message}`);
    return error;
  }
  assert.fail(`expected ${status}, but the call answered ${JSON.stringify(value)}`);
}

/** Waits until the check returns a value that is not false. */
export async function until(check, what, millis = 15000) {
  const end = Date.now() + millis;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) assert.fail(`not within ${millis} ms: ${what}`);
    await sleep(50);
  }
}

export const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const INTERRUPT = /^[0-9a-f]{32}$/;

/** The keys of an interrupt item by what this server promises: value and payload agree, the schema is there or null. */
export async function interruptItem(ctx, item, value) {
  assert.match(item.id, INTERRUPT, "an interrupt's id is 32 hex digits");
  assert.deepEqual(item.value, value);
  await ctx.ours("an interrupt item carries payload beside value", () => {
    assert.deepEqual(item.payload, value);
    assert.ok("response_schema" in item, "response_schema is always named");
  });
}

/** Values as this server shows them: an object as it is, anything else under output. */
export const wrapped = (ctx, value) =>
  ctx.official || (typeof value === "object" && value !== null && !Array.isArray(value)) ? value : { output: value };

/** The empty value: an object here, null on the official server. */
export const nothing = (ctx) => (ctx.official ? null : {});
