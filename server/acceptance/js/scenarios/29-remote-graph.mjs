import { randomUUID } from "node:crypto";
import { Annotation, Command, END, MemorySaver, START, StateGraph } from "@langchain/langgraph";
import { RemoteGraph } from "@langchain/langgraph/remote";
import { all, assert, scenario } from "../harness.mjs";

const remote = (ctx, graphId) => new RemoteGraph({ graphId, url: ctx.proxy.url, apiKey: "none" });

scenario("29 RemoteGraph: invoke, question, state, answer, history, update", async (ctx) => {
  const graph = remote(ctx, "graph");
  const thread_id = randomUUID();
  const config = { configurable: { thread_id } };
  const asked = await graph.invoke({ notes: ["in"] }, config).catch((error) => error);
  const state = await graph.getState(config);
  assert.deepEqual(state.next, ["n2"]);
  assert.deepEqual(state.values.notes, ["in", "n1"]);
  assert.equal(state.tasks[0].interrupts.length, 1);
  assert.equal(state.tasks[0].interrupts[0].value, "ok?");
  assert.ok(asked instanceof Error ? asked.name === "GraphInterrupt" : asked.__interrupt__, `the question: ${asked}`);
  const value = await graph.invoke(new Command({ resume: "yes" }), config);
  assert.deepEqual(value.notes, ["in", "n1", "yes"]);
  const history = await all(graph.getStateHistory(config));
  assert.ok(history.length >= 3);
  assert.deepEqual(history[0].values.notes, ["in", "n1", "yes"]);
  await graph.updateState(config, { notes: ["u"] }, "n2");
  assert.deepEqual((await graph.getState(config)).values.notes, ["in", "n1", "yes", "u"]);
  const drawn = await graph.getGraphAsync();
  assert.ok(Object.keys(drawn.nodes).includes("n1"));
});

scenario("29b RemoteGraph: stream modes", async (ctx) => {
  const graph = remote(ctx, "graph");
  const config = { configurable: { thread_id: randomUUID() } };
  const parts = [];
  try {
    for await (const part of await graph.stream({ notes: ["in"] }, { ...config, streamMode: ["values", "updates"] }))
      parts.push(part);
  } catch (error) {
    assert.equal(error.name, "GraphInterrupt");
  }
  assert.deepEqual(parts.filter(([mode]) => mode === "values")[0][1].notes, ["in"]);
  assert.ok(parts.some(([mode, data]) => mode === "updates" && data.n1));
  const done = [];
  for await (const part of await graph.stream(new Command({ resume: "y" }), { ...config, streamMode: "values" })) done.push(part);
  assert.deepEqual(done.at(-1).notes, ["in", "n1", "y"]);
});

scenario("29c RemoteGraph: a fresh thread has a state", async (ctx) => {
  const graph = remote(ctx, "graph");
  const { thread_id } = await ctx.client.threads.create();
  const state = await graph.getState({ configurable: { thread_id } });
  assert.deepEqual(state.values, {});
  assert.deepEqual(state.next, []);
});

scenario("29d RemoteGraph: a node of a local graph", async (ctx) => {
  const State = Annotation.Root({
    items: Annotation(),
    done: Annotation(),
    total: Annotation(),
  });
  const local = new StateGraph(State)
    .addNode("remote", remote(ctx, "mapreduce"))
    .addEdge(START, "remote")
    .addEdge("remote", END)
    .compile({ checkpointer: new MemorySaver() });
  const value = await local.invoke({ items: [1, 2, 3] }, { configurable: { thread_id: randomUUID() } });
  assert.equal(value.total, 60);
});

scenario("30 chat: the chunks add up to the message", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  const events = await all(
    runs.stream(id, "chat", {
      input: { messages: [{ role: "user", content: "hi" }] },
      streamMode: ["messages-tuple", "values"],
    }),
  );
  const chunks = events.filter((e) => e.event === "messages").map((e) => e.data);
  assert.ok(chunks.length > 1, "several chunks");
  assert.equal(chunks.map(([chunk]) => chunk.content).join(""), "Hello there friend");
  assert.ok(chunks.every(([chunk]) => chunk.type === "AIMessageChunk" && chunk.id === chunks[0][0].id));
  assert.ok(chunks.every(([, meta]) => meta.langgraph_node === "model"));
  const last = events.at(-1).data.messages;
  assert.deepEqual(last.map((m) => [m.type, m.content]), [["human", "hi"], ["ai", "Hello there friend"]]);
  assert.ok([null, undefined, chunks[0][0].id].includes(last[1].id), "the message has the id of its chunks, or none");
});

scenario("30b chat: accumulating messages", async (ctx) => {
  const id = await ctx.thread();
  const events = await all(
    ctx.client.runs.stream(id, "chat", { input: { messages: [{ role: "user", content: "hi" }] }, streamMode: ["messages"] }),
  );
  const partial = events.filter((e) => e.event === "messages/partial").map((e) => e.data[0].content);
  assert.equal(partial[0], "Hello");
  assert.equal(partial.at(-1), "Hello there friend");
  for (let i = 1; i < partial.length; i++) assert.ok(partial[i].startsWith(partial[i - 1]));
  assert.equal(events.filter((e) => e.event === "messages/metadata").length, 1);
});

scenario("30c chat: content blocks on the thread stream", async (ctx) => {
  const thread = ctx.client.threads.stream(randomUUID(), { assistantId: "chat" });
  try {
    const texts = [];
    const reading = (async () => {
      for await (const message of thread.messages) texts.push(await message.text);
    })();
    reading.catch(() => {});
    await thread.run.start({ input: { messages: [{ role: "user", content: "hi" }] } });
    const output = await thread.output;
    const { content } = output.messages.at(-1);
    const text = typeof content === "string" ? content : content.map((block) => block.text).join("");
    assert.equal(text, "Hello there friend");
    assert.ok(texts.includes("Hello there friend"), `texts: ${JSON.stringify(texts)}`);
  } finally {
    await thread.close();
  }
});
