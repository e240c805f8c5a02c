from uuid import uuid4

from harness import fails, same, scenario, until


@scenario("17 update_state: the next run reads it")
async def update(ctx):
    threads, runs, thread = ctx.client.threads, ctx.client.runs, await ctx.thread()
    await fails(400, threads.update_state(thread, {"count": 1}))
    await runs.wait(thread, "counter", input={})
    answer = await threads.update_state(thread, {"count": 41})
    state = await threads.get_state(thread)
    same(answer["checkpoint"]["checkpoint_id"], state["checkpoint"]["checkpoint_id"])
    same(await runs.wait(thread, "counter", input={}), {"count": 42})
    if ctx.ours():
        await fails(422, threads.update_state(thread, {"count": "many"}))


@scenario("18 history")
async def history(ctx):
    threads, runs, thread = ctx.client.threads, ctx.client.runs, await ctx.thread()
    for _ in range(2):
        await runs.wait(thread, "counter", input={})
    entries = await threads.get_history(thread)
    same([e["metadata"]["step"] for e in entries], [2, 1, 0, -1])
    ids = [e["checkpoint"]["checkpoint_id"] for e in entries]
    same(ids, sorted(ids, reverse=True))
    same(await threads.get_history(thread, limit=1), entries[:1])
    before = {"configurable": {"checkpoint_id": ids[0]}}
    same(await threads.get_history(thread, before=before), entries[1:])
    if ctx.ours():
        same(await threads.get_history(thread, before=ids[0]), entries[1:])
        same(await threads.get_state(thread, checkpoint=entries[1]["checkpoint"]), entries[1])


@scenario("20 copy")
async def copy(ctx):
    threads, runs, thread = ctx.client.threads, ctx.client.runs, await ctx.thread()
    await runs.wait(thread, "counter", input={"by": 5})
    await threads.copy(thread)
    copies = ctx.records("POST", "/copy$")
    same(copies[0]["status"], 200)
    same(await runs.wait(thread, "counter", input={}), {"count": 6})


@scenario("22 assistants")
async def assistants(ctx):
    client = ctx.client.assistants
    [essay] = await client.search(graph_id="essay")
    same(essay["assistant_id"], "040926e3-004c-50e9-98a6-8737455745d9")
    same(await client.get(essay["assistant_id"]), essay)
    graph = await client.get_graph(essay["assistant_id"], xray=True)
    assert {"__start__", "__end__", "essay"} <= {n["id"] for n in graph["nodes"]}
    schemas = await client.get_schemas(essay["assistant_id"])
    same(schemas["input_schema"]["type"], "object")
    same(await client.count(graph_id="essay"), 1)
    await fails(404, client.get(str(uuid4())))


@scenario("24 store")
async def store(ctx):
    client, root = ctx.client.store, "st" + str(uuid4())[:8]
    await client.put_item([root, "1"], key="k", value={"a": 1})
    await client.put_item([root, "2"], key="k2", value={"a": 2})
    item = await client.get_item([root, "1"], key="k")
    same(item["value"], {"a": 1})
    same(await client.get_item([root, "1"], key="none"), None)
    found = await client.search_items([root], filter={"a": 2})
    same([i["key"] for i in found["items"]], ["k2"])
    spaces = await client.list_namespaces(prefix=[root])
    same(sorted(spaces["namespaces"]), [[root, "1"], [root, "2"]])
    await client.delete_item([root, "1"], key="k")
    same(await client.get_item([root, "1"], key="k"), None)


@scenario("26 thread protocol")
async def protocol(ctx):
    topic = str(uuid4())
    async with ctx.client.threads.stream(assistant_id="essay") as thread:
        await thread.run.start(input={"topic": topic})

        async def asked():
            return thread.interrupts

        [question] = await until(asked, "the question arrives")
        if ctx.ours():
            same(question["value"], {"review": {"text": f"On {topic}."}}, "value, which this client reads")
        await thread.run.respond("yes", interrupt_id=question["interrupt_id"])
        output = await thread.output
        same(output, {"text": f"On {topic}.", "verdict": "yes", "p": f"published:On {topic}."})
