// node run.mjs URL [pattern] [--official]: runs the scenarios by the JavaScript client, some at the same time, one line each.
import { readdirSync } from "node:fs";
import { startProxy } from "../proxy.mjs";
import { Context, scenarios } from "./harness.mjs";

const AT_ONCE = 4;

const official = process.argv.includes("--official");
const [url, pattern = ""] = process.argv.slice(2).filter((a) => !a.startsWith("--"));
const here = new URL(".", import.meta.url);
for (const file of readdirSync(new URL("scenarios", here)).sort()) await import(new URL(`scenarios/${file}`, here));

/** Runs one scenario with a proxy and a client of its own; true if it passed. */
async function judge({ name, body }) {
  const proxy = await startProxy(url);
  const context = new Context(url, proxy, official);
  const begun = Date.now();
  let failure;
  try {
    await Promise.race([
      body(context),
      new Promise((_, reject) => setTimeout(() => reject(new Error("no end within 60 s")), 60000).unref()),
    ]);
    const broken = proxy.records.filter((r) => r.status >= 500);
    if (broken.length > 0 && !official)
      throw new Error("5xx: " + broken.map((r) => `${r.method} ${r.path} -> ${r.status}`).join(", "));
  } catch (error) {
    failure = error;
  }
  const millis = Date.now() - begun;
  proxy.close();
  const notes = context.skipped.length > 0 ? ` (${context.skipped.length} expected differences left out)` : "";
  if (failure) {
    const message = String(failure.message ?? failure).trim().split("\n").slice(0, 14).join("\n       ");
    const where = /scenarios\/[^:]+:\d+/.exec(failure.stack ?? "")?.[0] ?? "";
    console.log(`FAIL js ${name} ${millis} ms ${where}\n       ${message}`);
    if (process.env.VERBOSE) for (const r of proxy.records) console.log(`       ${r.method} ${r.path} -> ${r.status}`);
  } else {
    console.log(`ok   js ${name} ${millis} ms${notes}`);
    if (process.env.VERBOSE) for (const s of context.skipped) console.log(`       left out: ${s}`);
  }
  return !failure;
}

const open = scenarios.filter((s) => new RegExp(pattern).test(`js ${s.name}`));
let passed = 0;
let failed = 0;
const worker = async () => {
  for (let next = open.shift(); next; next = open.shift()) {
    if (await judge(next)) passed++;
    else failed++;
  }
};
// Most scenarios wait most of the time.
await Promise.all(Array.from({ length: AT_ONCE }, worker));
console.log(`js: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
