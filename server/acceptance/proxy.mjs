// A proxy that records each request and can cut an answer off. It stands between a client and the server under test.
//
// As a program: node proxy.mjs URL prints its port; GET /__proxy/records, POST /__proxy/cut {path, afterEvents, times, rest},
// POST /__proxy/reset.
import http from "node:http";
import { pathToFileURL } from "node:url";

/** Starts a proxy of this server on a free port of the loopback address. */
export async function startProxy(target) {
  const base = new URL(target);
  const records = [];
  let cuts = [];
  const agent = new http.Agent({ keepAlive: true });

  const control = (request, response, body) => {
    if (request.url === "/__proxy/reset") {
      records.length = 0;
      cuts = [];
    } else if (request.url === "/__proxy/cut") {
      const { path, afterEvents = 1, times = 1, rest = "" } = JSON.parse(body);
      cuts.push({ path: new RegExp(path), afterEvents, times, rest });
    }
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(records));
  };

  const forward = (request, response, body) => {
    const record = {
      method: request.method,
      path: request.url,
      headers: request.headers,
      status: null,
      responseHeaders: {},
      started: Date.now(),
    };
    records.push(record);
    const cut = cuts.find((c) => c.times > 0 && c.path.test(`${request.method} ${request.url}`));
    if (cut) cut.times--;
    const upstream = http.request(
      {
        host: base.hostname,
        port: base.port,
        path: request.url,
        method: request.method,
        headers: { ...request.headers, host: base.host },
        agent,
      },
      (answer) => {
        record.status = answer.statusCode;
        record.responseHeaders = answer.headers;
        record.headersAfter = Date.now() - record.started;
        response.writeHead(answer.statusCode, answer.headers);
        response.flushHeaders();
        let text = "";
        answer.on("data", (chunk) => {
          if (!cut) {
            response.write(chunk);
            return;
          }
          // What comes while the last events are written is not passed on.
          if (record.cut) return;
          // passes whole events on, then cuts; in the middle of the next one if that is wanted
          text += chunk.toString("utf8").replaceAll("\r\n", "\n");
          const events = text.split("\n\n");
          if (events.length - 1 >= cut.afterEvents) {
            record.cut = true;
            response.write(events.slice(0, cut.afterEvents).join("\n\n") + "\n\n" + cut.rest, () => {
              response.destroy();
              upstream.destroy();
            });
          }
        });
        answer.on("end", () => {
          if (cut && !record.cut) response.write(text);
          if (!record.cut) response.end();
        });
        answer.on("error", () => response.destroy());
      },
    );
    upstream.on("error", () => response.destroy());
    response.on("close", () => upstream.destroy());
    upstream.end(body);
  };

  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      (request.url.startsWith("/__proxy/") ? control : forward)(request, response, body);
    });
  });
  server.keepAliveTimeout = 0;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    records,
    /** Cuts the next answers of requests whose "METHOD /path" matches, after so many events. */
    cut: (path, afterEvents = 1, times = 1, rest = "") => cuts.push({ path, afterEvents, times, rest }),
    reset: () => {
      records.length = 0;
      cuts = [];
    },
    close: () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const proxy = await startProxy(process.argv[2]);
  console.log(new URL(proxy.url).port);
}
