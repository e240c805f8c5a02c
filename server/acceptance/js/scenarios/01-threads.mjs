import { randomUUID } from "node:crypto";
import { assert, fails, nothing, scenario, UUID } from "../harness.mjs";

scenario("01 threads: create, conflict, get, merge, search, delete", async (ctx) => {
  const { threads } = ctx.client;
  const id = randomUUID();
  const created = await threads.create({ threadId: id, metadata: { a: 1, n: { x: 1 }, mark: id } });
  assert.equal(created.thread_id, id);
  assert.equal(created.status, "idle");
  assert.deepEqual(created.metadata, { a: 1, n: { x: 1 }, mark: id });
  assert.deepEqual(created.values, nothing(ctx));
  assert.ok(Date.parse(created.created_at) > 0 && Date.parse(created.state_updated_at) > 0);

  await fails(409, () => threads.create({ threadId: id }));
  const same = await threads.create({ threadId: id, ifExists: "do_nothing", metadata: { b: 2 } });
  assert.deepEqual(same.metadata, created.metadata, "do_nothing changes nothing");
  assert.deepEqual((await threads.get(id)).metadata, created.metadata);

  const merged = await threads.update(id, { metadata: { b: 2, n: { y: 2 } } });
  assert.deepEqual(merged.metadata, { a: 1, b: 2, n: { y: 2 }, mark: id }, "the merge is shallow");
  assert.equal(await threads.update(id, { metadata: { c: 3 }, returnMinimal: true }), undefined);
  assert.equal((await threads.get(id)).metadata.c, 3);

  const found = await threads.search({ metadata: { mark: id } });
  assert.deepEqual(found.map((t) => t.thread_id), [id]);
  assert.equal(await threads.count({ metadata: { mark: id } }), 1);
  assert.deepEqual(await threads.search({ metadata: { mark: id }, status: "busy" }), []);

  assert.equal(await threads.delete(id), undefined);
  await fails(404, () => threads.get(id));
  await fails(404, () => threads.delete(id));
  assert.match((await threads.create()).thread_id, UUID);
});

scenario("01b threads: pages of a search and their headers", async (ctx) => {
  const { threads } = ctx.client;
  const mark = randomUUID();
  const ids = [];
  for (let i = 0; i < 5; i++) ids.push((await threads.create({ metadata: { mark, i } })).thread_id);
  const page = (offset) =>
    threads.search({ metadata: { mark }, limit: 2, offset, sortBy: "created_at", sortOrder: "asc" });
  const pages = [await page(0), await page(2), await page(4)];
  assert.deepEqual(pages.flat().map((t) => t.thread_id), ids);
  const headers = ctx.records("POST", /threads\/search/).map((r) => r.responseHeaders);
  assert.deepEqual(headers.map((h) => h["x-pagination-next"]), ["2", "4", undefined]);
  await ctx.ours("the total is exact", () =>
    assert.deepEqual(headers.map((h) => h["x-pagination-total"]), ["5", "5", "5"]),
  );
});

scenario("01c threads: an empty thread has a state", async (ctx) => {
  const id = await ctx.thread();
  const state = await ctx.client.threads.getState(id);
  assert.deepEqual(state.values, {});
  assert.deepEqual(state.next, []);
  assert.deepEqual(state.tasks, []);
  await ctx.ours("metadata and checkpoint are objects", () => {
    assert.deepEqual(state.metadata, {});
    assert.equal(state.checkpoint.thread_id, id);
    assert.equal(state.checkpoint.checkpoint_id, null);
  });
  assert.deepEqual(await ctx.client.threads.getHistory(id), []);
  await fails(404, () => ctx.client.threads.getState(randomUUID()));
});
