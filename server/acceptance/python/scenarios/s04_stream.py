import asyncio
from uuid import uuid4

from harness import collect, fails, same, scenario, status_of

MODES = ["values", "updates", "custom"]


@scenario("04 stream: values, updates, custom in order")
async def order(ctx):
    runs, thread, topic = ctx.client.runs, await ctx.thread(), str(uuid4())
    created = []
    parts = await collect(
        runs.stream(thread, "essay", input={"topic": topic}, stream_mode=MODES, on_run_created=created.append)
    )
    same([p.event for p in parts], ["metadata", "custom", "updates", "updates", "values"])
    same(parts[0].data["run_id"], created[0]["run_id"])
    same(parts[1].data, {"composing": topic})
    same(parts[2].data, {"compose": {"text": f"On {topic}."}})
    if ctx.ours():
        ids = [p.id for p in parts]
        assert all(ids) and len(set(ids)) == len(ids), f"ids: {ids}"
    parts = await collect(runs.stream(thread, "essay", command={"resume": "ok"}, stream_mode=MODES))
    same(parts[-1].data, {"text": f"On {topic}.", "verdict": "ok", "p": f"published:On {topic}."})


@scenario("04e stream: typed parts")
async def second(ctx):
    parts = await collect(
        ctx.client.runs.stream(
            await ctx.thread(), "essay", input={"topic": "v"}, stream_mode=["values", "updates"], version="v2"
        )
    )
    same([p["type"] for p in parts if p["type"] != "metadata"], ["updates", "updates", "values"])


@scenario("10 a resumable stream is read again from any id")
async def again(ctx):
    runs, thread = ctx.client.runs, await ctx.thread()
    run = await runs.create(thread, "essay", input={"topic": "r"}, stream_mode=MODES, stream_resumable=True)
    whole = await collect(runs.join_stream(thread, run["run_id"], last_event_id="-1"))
    same([p.event for p in whole], ["metadata", "custom", "updates", "updates", "values"])
    for at, part in enumerate(whole):
        same(await collect(runs.join_stream(thread, run["run_id"], last_event_id=part.id)), whole[at + 1 :])
    if ctx.ours():
        some = await collect(
            runs.join_stream(thread, run["run_id"], last_event_id="-1", stream_mode=["updates", "custom"])
        )
        same([p.event for p in some if p.event != "metadata"], ["custom", "updates", "updates"])


@scenario("11 a cut stream is resumed by its Location")
async def cut(ctx):
    runs, thread = ctx.client.runs, await ctx.thread()
    ctx.control("cut", {"path": "^POST .*runs/stream", "afterEvents": 2})
    parts = await collect(
        runs.stream(thread, "slow", input={"secs": 0.3}, stream_mode=["values", "updates"], stream_resumable=True)
    )
    same([p.event for p in parts], ["metadata", "updates", "updates", "updates", "values"])
    assert ctx.records("GET", "/stream"), "the client came back"
    same(len(await runs.list(thread)), 1)


@scenario("09 a background run")
async def background(ctx):
    runs, thread = ctx.client.runs, await ctx.thread()
    run = await runs.create(thread, "slow", input={"secs": 0.2})
    same(run["status"], "pending")
    same(await runs.join(thread, run["run_id"]), {"done": 3})
    same(await runs.join(thread, run["run_id"]), {"done": 3})
    same((await runs.get(thread, run["run_id"]))["status"], "success")
    if ctx.ours():
        await fails(404, runs.join(thread, str(uuid4())))
    await fails(404, runs.get(thread, str(uuid4())))


@scenario("12 reject")
async def reject(ctx):
    runs, thread = ctx.client.runs, await ctx.thread()
    first = await runs.create(thread, "slow", input={"secs": 1})
    await status_of(ctx, thread, first["run_id"], "running")
    await fails(409, runs.create(thread, "slow", input={}, multitask_strategy="reject"))
    same(await runs.join(thread, first["run_id"]), {"done": 3})
    await fails(404, runs.create(str(uuid4()), "slow", input={}))
    made = await runs.wait(str(uuid4()), "slow", input={}, if_not_exists="create")
    same(made, {"done": 3})


@scenario("13 enqueue")
async def enqueue(ctx):
    runs, thread = ctx.client.runs, await ctx.thread()
    made = [await runs.create(thread, "slow", input={"secs": 0.2, "n": n}) for n in range(3)]
    same(await runs.join(thread, made[-1]["run_id"]), {"done": 3})
    listed = await runs.list(thread, select=["run_id", "status"])
    same(listed, [{"run_id": r["run_id"], "status": "success"} for r in reversed(made)])


@scenario("15 cancel")
async def cancel(ctx):
    runs, thread = ctx.client.runs, await ctx.thread()
    run = await runs.create(thread, "slow", input={"secs": 8})
    await status_of(ctx, thread, run["run_id"], "running")
    joined = asyncio.create_task(collect(runs.join_stream(thread, run["run_id"])))
    await runs.cancel(thread, run["run_id"], wait=True)
    same((await runs.get(thread, run["run_id"]))["status"], "interrupted")
    await asyncio.wait_for(joined, 5)
    if ctx.ours():
        await runs.cancel(thread, run["run_id"])
        same((await ctx.client.threads.get(thread))["status"], "idle")


@scenario("16 after_seconds: pending until due")
async def later(ctx):
    runs, thread = ctx.client.runs, await ctx.thread()
    run = await runs.create(thread, "slow", input={}, after_seconds=2)
    await asyncio.sleep(0.7)
    same((await runs.get(thread, run["run_id"]))["status"], "pending")
    same(await runs.join(thread, run["run_id"]), {"done": 3})
