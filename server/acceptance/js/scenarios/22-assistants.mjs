import { createHash, randomUUID } from "node:crypto";
import { assert, fails, scenario } from "../harness.mjs";

/** The id of a graph's own assistant: UUID version 5 under the namespace that all these servers share. */
function idOf(graph) {
  const namespace = Buffer.from("6ba7b8219dad11d180b400c04fd430c8", "hex");
  const hash = createHash("sha1").update(namespace).update(graph).digest();
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = hash.toString("hex").slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

scenario("22 assistants: search, get, graph, schemas, subgraphs", async (ctx) => {
  const { assistants } = ctx.client;
  const [essay] = await assistants.search({ graphId: "essay" });
  assert.equal(essay.assistant_id, idOf("essay"));
  assert.equal(essay.graph_id, "essay");
  assert.equal(essay.name, "essay");
  assert.equal(essay.version, 1);
  assert.equal(essay.metadata.created_by, "system");
  assert.deepEqual(await assistants.get(essay.assistant_id), essay);
  await ctx.ours("names are accepted", async () => assert.deepEqual(await assistants.get("essay"), essay));
  const everything = await assistants.search({ limit: 1000 });
  for (const name of ["essay", "two", "slow", "fail", "counter", "chat", "parent", "plain", "typed", "graph"])
    assert.ok(everything.some((a) => a.graph_id === name), `assistant ${name}`);
  assert.equal(await assistants.count({ graphId: "essay" }), 1);

  const graph = await assistants.getGraph("essay");
  const ids = graph.nodes.map((n) => n.id);
  for (const edge of graph.edges) assert.ok(ids.includes(edge.source) && ids.includes(edge.target), "edges join nodes");
  assert.ok(ids.includes("__start__") && ids.includes("essay") && ids.includes("__end__"));
  const sheet = await assistants.getGraph("graph");
  const edges = sheet.edges.map((e) => `${e.source}>${e.target}`);
  for (const edge of ["__start__>n1", "n1>n2", "n2>__end__"]) assert.ok(edges.includes(edge), edge);

  const schemas = await assistants.getSchemas(essay.assistant_id);
  assert.equal(schemas.graph_id, "essay");
  assert.equal(schemas.input_schema.type, "object");
  await ctx.ours("the schema of the input is the record's", () =>
    assert.ok([schemas.input_schema.properties.topic.type].flat().includes("string")),
  );
  assert.equal(typeof (await assistants.getSubgraphs(essay.assistant_id)), "object");

  ctx.proxy.reset();
  await fails(404, () => assistants.get(randomUUID()));
  assert.equal(ctx.proxy.records.length, 1, "a 404 is not asked for again");
});

scenario("22b an unknown assistant in a run", async (ctx) => {
  const { runs } = ctx.client;
  const id = await ctx.thread();
  await fails(404, () => runs.create(id, randomUUID(), { input: {} }));
  const unknown = await fails(ctx.official ? 422 : 404, () => runs.wait(id, "nope", { input: {} }));
  assert.match(unknown.message, /nope/);
  const byId = await runs.wait(id, idOf("slow"), { input: {} });
  assert.deepEqual(byId, { done: 3 });
});
