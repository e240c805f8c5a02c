// node load.mjs URL [seconds]: how fast a server answers a workflow that does nothing; the same for any agent server.
import http from "node:http";

const [target, seconds = "10"] = process.argv.slice(2);
const base = new URL(target);
const agent = new http.Agent({ keepAlive: true, maxSockets: 64, noDelay: true });
const body = JSON.stringify({ assistant_id: "plain", input: "x", stream_mode: "values" });

/** One POST; the times in milliseconds at which headers, the first SSE event and the end came. */
function post(path, payload = body) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const times = {};
    const request = http.request(
      { host: base.hostname, port: base.port, path, method: "POST", agent, headers: { "content-type": "application/json" } },
      (response) => {
        times.headers = performance.now() - begun;
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
          if (times.first === undefined && text.includes("data:")) times.first = performance.now() - begun;
        });
        response.on("end", () => {
          times.end = performance.now() - begun;
          if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode} ${text.slice(0, 200)}`));
          else resolve({ ...times, text });
        });
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(payload);
  });
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

function row(name, values, wall) {
  const sorted = [...values].sort((a, b) => a - b);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => at(sorted, share).toFixed(1));
  const rate = wall ? `${((values.length * 1000) / wall).toFixed(1)}/s` : "";
  console.log(`${name.padEnd(44)} ${rate.padStart(10)}  p50 ${p50}  p95 ${p95}  p99 ${p99}  max ${sorted.at(-1).toFixed(1)} ms  (${values.length})`);
}

/** So many clients, each with one request at a time, for so long. */
async function clients(name, count, path, duration, value = (t) => t.end) {
  const values = [];
  const begun = performance.now();
  const end = begun + duration * 1000;
  await Promise.all(
    Array.from({ length: count }, async () => {
      while (performance.now() < end) values.push(value(await post(path)));
    }),
  );
  row(name, values, performance.now() - begun);
}

const duration = Number(seconds);
const { text } = await post("/runs/wait");
console.log(`answer of the workflow: ${text.trim()}`);
await clients("(warm-up)", 4, "/runs/wait", Math.min(5, duration));
await clients("POST /runs/wait, 1 client", 1, "/runs/wait", duration);
await clients("POST /runs/wait, 16 clients", 16, "/runs/wait", duration);
await clients("POST /runs/stream, 1 client, first event", 1, "/runs/stream", duration, (t) => t.first);
for (const round of [1, 2, 3]) {
  const begun = performance.now();
  const streams = await Promise.all(Array.from({ length: 50 }, () => post("/runs/stream")));
  const wall = performance.now() - begun;
  row(`50 streams at once, headers (round ${round})`, streams.map((s) => s.headers), wall);
  row(`50 streams at once, first event (round ${round})`, streams.map((s) => s.first), wall);
}
agent.destroy();
