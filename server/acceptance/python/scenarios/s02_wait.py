from uuid import uuid4

from harness import fails, interrupt_item, same, scenario


@scenario("02 wait until a question, and its answer")
async def question(ctx):
    threads, runs = ctx.client.threads, ctx.client.runs
    thread, topic = await ctx.thread(), str(uuid4())
    review = {"review": {"text": f"On {topic}."}}
    asked = await runs.wait(thread, "essay", input={"topic": topic})
    same(list(asked), ["__interrupt__"])
    interrupt_item(ctx, asked["__interrupt__"][0], review)
    shown = await threads.get(thread)
    same(shown["status"], "interrupted")
    state = await threads.get_state(thread)
    same(state["next"], ["essay"])
    same(state["interrupts"][0]["value"], review)
    value = await runs.wait(thread, "essay", command={"resume": "fine"})
    same(value, {"text": f"On {topic}.", "verdict": "fine", "p": f"published:On {topic}."})
    same((await threads.get(thread))["status"], "idle")
    same(await ctx.effects(f"compose:{topic}"), 1)
    if ctx.ours():
        await fails(422, runs.wait(thread, "essay", command={"resume": "again"}))


@scenario("05 two questions at once")
async def two(ctx):
    if not ctx.ours():
        return
    runs, thread = ctx.client.runs, await ctx.thread()
    asked = (await runs.wait(thread, "two", input={"q": "?"}))["__interrupt__"]
    same(sorted(i["value"]["ask"] for i in asked), ["left", "right"])
    await fails(422, runs.wait(thread, "two", command={"resume": "x"}))
    answers = {i["id"]: i["value"]["ask"].upper() for i in asked}
    same(await runs.wait(thread, "two", command={"resume": answers}), {"left": "LEFT", "right": "RIGHT"})


@scenario("06 a typed answer")
async def typed(ctx):
    runs, thread = ctx.client.runs, await ctx.thread()
    asked = await runs.wait(thread, "typed", input={"text": "t"})
    same(asked["__interrupt__"][0]["response_schema"]["properties"]["approved"]["type"], "boolean")
    if ctx.ours():
        await fails(422, runs.wait(thread, "typed", command={"resume": {"approved": "perhaps"}}))
        same((await ctx.client.threads.get(thread))["status"], "interrupted")
    value = await runs.wait(thread, "typed", command={"resume": {"approved": True, "note": "n"}})
    same(value, {"text": "t", "approved": True, "note": "n"})


for flow, value in (("plain", "hello bob"), ("nul", None), ("num", 42), ("lst", [1, "two", None])):

    @scenario(f"07 {flow}: a value that is no object")
    async def scalar(ctx, flow=flow, value=value):
        runs, thread = ctx.client.runs, await ctx.thread()
        expected = ctx.wrapped(value)
        same(await runs.wait(thread, flow, input="bob"), expected)
        same((await ctx.client.threads.get_state(thread))["values"], expected)
        if ctx.ours():
            [run] = await runs.list(thread)
            same(await runs.join(thread, run["run_id"]), expected)


@scenario("08 a failure")
async def failure(ctx):
    runs, thread = ctx.client.runs, await ctx.thread()
    try:
        await runs.wait(thread, "fail", input={"x": 1})
    except Exception as error:
        assert "ValueError" in str(error) and "boom" in str(error), repr(error)
    else:
        raise AssertionError("wait did not raise")
    told = await runs.wait(thread, "fail", input={"x": 1}, raise_error=False)
    same(told, {"__error__": {"error": "ValueError", "message": "boom"}})
    shown = await ctx.client.threads.get(thread)
    same(shown["status"], "error")
    same(shown["error"], {"error": "ValueError", "message": "boom"})


@scenario("08b input null proceeds")
async def proceeds(ctx):
    runs, thread, x = ctx.client.runs, await ctx.thread(), uuid4().int % 10**9
    await runs.wait(thread, "failtask", input={"x": x}, raise_error=False)
    same(await runs.wait(thread, "failtask", input=None), {"a": 1, "f": "ok"})
    same(await ctx.effects(f"sure:{x}"), 1)
