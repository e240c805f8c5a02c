import { StateGraph, START, END, Annotation, interrupt, entrypoint, task } from "@langchain/langgraph";
const S = Annotation.Root({ topic: Annotation(), notes: Annotation({ reducer: (a, b) => a.concat(b), default: () => [] }) });
export const notes = new StateGraph(S).addNode("plan", s => ({ notes: ["plan " + s.topic] }))
  .addNode("ask", s => ({ notes: ["answer " + interrupt({ text: "ok?" })] }))
  .addEdge(START, "plan").addEdge("plan", "ask").addEdge("ask", END).compile();
const sleep = ms => new Promise(r => setTimeout(r, ms));
let b = new StateGraph(S); let prev = START;
for (let i = 0; i < 10; i++) { b.addNode("s" + i, async s => { await sleep(200); return { notes: ["n"] }; }); b.addEdge(prev, "s" + i); prev = "s" + i; }
b.addEdge(prev, END);
export const naps = b.compile();
export const fail = new StateGraph(S).addNode("boom", s => { throw new Error("no ink"); }).addEdge(START, "boom").addEdge("boom", END).compile();
export const noop = new StateGraph(S).addNode("nothing", s => ({})).addEdge(START, "nothing").addEdge("nothing", END).compile();
export const plain = entrypoint("plain", async t => t.toUpperCase());
