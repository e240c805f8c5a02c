from uuid import uuid4

from harness import fails, same, scenario


@scenario("01 threads: create, conflict, get, merge, search, delete")
async def crud(ctx):
    threads = ctx.client.threads
    name = str(uuid4())
    created = await threads.create(thread_id=name, metadata={"a": 1, "mark": name})
    same(created["thread_id"], name)
    same(created["status"], "idle")
    same(created["values"], ctx.nothing())
    await fails(409, threads.create(thread_id=name))
    again = await threads.create(thread_id=name, if_exists="do_nothing", metadata={"b": 1})
    same(again["metadata"], created["metadata"], "do_nothing changes nothing")
    merged = await threads.update(name, metadata={"b": 2})
    same(merged["metadata"], {"a": 1, "b": 2, "mark": name})
    same([t["thread_id"] for t in await threads.search(metadata={"mark": name})], [name])
    same(await threads.count(metadata={"mark": name}), 1)
    await threads.delete(name)
    await fails(404, threads.get(name))
    await fails(404, threads.delete(name))
    if ctx.ours():
        own = "order.42:x_1-" + name[:8]
        same((await threads.create(thread_id=own))["thread_id"], own, "ids need not be UUIDs")
        same((await threads.get(own))["thread_id"], own)


@scenario("01c threads: an empty thread has a state")
async def empty(ctx):
    state = await ctx.client.threads.get_state(await ctx.thread())
    same(state["values"], {})
    same(state["next"], [])
    same(await ctx.client.threads.get_history(await ctx.thread()), [])
    await fails(404, ctx.client.threads.get_state(str(uuid4())))
