// node use-stream.mjs URL: a page with LangGraph's own React hook, in jsdom, against an agent server. It types a text, reads what
// the page shows while the agent works, and answers its question by a click. One line of JSON says what was seen. It is a process of
// its own because a page needs globals that the clients of other scenarios must not find.
import { JSDOM } from "jsdom";

const [url] = process.argv.slice(2);
const dom = new JSDOM('<div id="root"></div>', { url: "http://localhost/", pretendToBeVisual: true });
globalThis.window = dom.window;
globalThis.document = dom.window.document;
Object.defineProperty(globalThis, "navigator", { value: dom.window.navigator, configurable: true }); // newer nodes have a fixed one
globalThis.MutationObserver = dom.window.MutationObserver;

const { createElement: h } = await import("react");
const { createRoot } = await import("react-dom/client");
const { useStream } = await import("@langchain/langgraph-sdk/react");

const text = (content) =>
  typeof content === "string" ? content : content.map((block) => block.text ?? "").join("");

function Page() {
  const stream = useStream({ apiUrl: url, apiKey: null, assistantId: "travel", messagesKey: "messages" });
  const question = stream.interrupt?.value;
  return h(
    "main",
    null,
    stream.messages.map((message, place) =>
      h(
        "p",
        { key: message.id ?? place, className: message.type },
        text(message.content),
        (message.tool_calls ?? []).map((call) =>
          h("code", { key: call.id }, `${call.name}(${JSON.stringify(call.args)})`),
        ),
      ),
    ),
    question &&
      h(
        "button",
        { onClick: () => stream.submit(undefined, { command: { resume: { type: "approve" } } }) },
        `${question.type}: ${question.name} ${JSON.stringify(question.args)}`,
      ),
    stream.error ? h("b", null, String(stream.error.message ?? stream.error)) : null,
    h(
      "form",
      {
        onSubmit: (event) => {
          event.preventDefault();
          stream.submit({ messages: [{ type: "human", content: "Three days in Crete" }] });
        },
      },
      stream.isLoading ? "busy" : "idle",
    ),
  );
}

/** What the page has shown, in its order, each text once. */
const seen = { ai: [], calls: [], tool: [], errors: [] };
const note = (list, value) => value && !list.includes(value) && list.push(value);
const look = () => {
  for (const p of document.querySelectorAll("p.ai")) note(seen.ai, p.firstChild?.nodeType === 3 ? p.firstChild.data : "");
  for (const code of document.querySelectorAll("code")) note(seen.calls, code.textContent);
  for (const p of document.querySelectorAll("p.tool")) note(seen.tool, p.textContent);
  for (const b of document.querySelectorAll("b")) note(seen.errors, b.textContent);
};
new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });

async function shown(check, what) {
  const end = Date.now() + 30000;
  while (!check()) {
    if (Date.now() > end) throw new Error(`the page never showed ${what}: ${document.body.innerHTML}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

createRoot(document.getElementById("root")).render(h(Page));
await shown(() => document.querySelector("form"), "the form");
document.querySelector("form").dispatchEvent(new dom.window.Event("submit", { bubbles: true, cancelable: true }));
await shown(() => document.querySelector("button"), "a question");
const question = document.querySelector("button").textContent;
await shown(() => document.querySelector("form").textContent === "idle", "that the run waits");
document.querySelector("button").dispatchEvent(new dom.window.MouseEvent("click", { bubbles: true }));
await shown(() => /All is done: booked Chania\./.test(document.body.textContent), "the answer");
await shown(() => document.querySelector("form").textContent === "idle", "the end");
look();
console.log(JSON.stringify({ ...seen, question, open: document.querySelector("button") !== null }));
process.exit(0);
