import { randomUUID } from "node:crypto";
import { assert, scenario } from "../harness.mjs";

scenario("24 store: put, get, miss, search, namespaces, delete, refusals", async (ctx) => {
  const { store } = ctx.client;
  const root = `st${randomUUID().slice(0, 8)}`;
  await store.putItem([root, "1"], "k", { a: 1 });
  await store.putItem([root, "2"], "k2", { a: 2 });
  const item = await store.getItem([root, "1"], "k");
  assert.deepEqual(item.value, { a: 1 });
  assert.deepEqual(item.namespace, [root, "1"]);
  assert.equal(item.key, "k");
  assert.ok(Date.parse(item.createdAt ?? item.created_at) > 0);
  assert.equal(await store.getItem([root, "1"], "none"), null);
  const found = await store.searchItems([root]);
  assert.deepEqual(found.items.map((i) => i.key).sort(), ["k", "k2"]);
  const filtered = await store.searchItems([root], { filter: { a: 2 }, limit: 1 });
  assert.deepEqual(filtered.items.map((i) => i.key), ["k2"]);
  const { namespaces } = await store.listNamespaces({ prefix: [root] });
  assert.deepEqual(namespaces.sort(), [[root, "1"], [root, "2"]]);
  assert.deepEqual((await store.listNamespaces({ prefix: [root], maxDepth: 1 })).namespaces, [[root]]);
  assert.deepEqual((await store.listNamespaces({ prefix: [root], suffix: ["2"] })).namespaces, [[root, "2"]]);
  await store.deleteItem([root, "1"], "k");
  await store.deleteItem([root, "1"], "k");
  assert.equal(await store.getItem([root, "1"], "k"), null);
  const dotted = await ctx.raw("PUT", "/store/items", { namespace: ["a.b"], key: "k", value: {} });
  assert.equal(dotted.status, 422);
  for (const body of [
    { namespace: [""], key: "k", value: {} },
    { namespace: ["u"], key: "k" },
    { namespace: ["u"], key: "k", value: "text" },
    { namespace: "u", key: "k", value: {} },
  ])
    assert.equal((await ctx.raw("PUT", "/store/items", body)).status, 422, JSON.stringify(body));
  await assert.rejects(() => store.putItem(["a.b"], "k", {}));
});
