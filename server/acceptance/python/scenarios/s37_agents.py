import json
from uuid import uuid4

import httpx
from a2a.client import A2ACardResolver, ClientConfig, ClientFactory
from a2a.types.a2a_pb2 import (
    CancelTaskRequest,
    GetTaskRequest,
    ListTasksRequest,
    Message,
    Part,
    Role,
    SendMessageRequest,
    SubscribeToTaskRequest,
)
from a2a.utils.errors import InvalidParamsError, TaskNotCancelableError, TaskNotFoundError, UnsupportedOperationError
from google.protobuf.json_format import MessageToDict, Parse

from harness import same, scenario, until


async def agent(ctx, http, name, version, streaming):
    """The SDK's client of an agent, by one version of the protocol of those that its card has."""
    card = await A2ACardResolver(http, f"{ctx.proxy}/a2a/{name}").get_agent_card()
    same(card.name, name)
    kept = [each for each in card.supported_interfaces if each.protocol_version == version]
    del card.supported_interfaces[:]
    card.supported_interfaces.extend(kept)
    return ClientFactory(ClientConfig(httpx_client=http, streaming=streaming)).create(card)


def text(words):
    return Part(text=words)


def data(value):
    return Parse(json.dumps({"data": value}), Part())


def message(part, key=None, **more):
    return SendMessageRequest(
        message=Message(message_id=key or str(uuid4()), role=Role.ROLE_USER, parts=[part], **more)
    )


async def sent(client, request):
    """The task's id, its last state, and the parts of its last artifact."""
    task, state, parts = None, None, None
    async for event in client.send_message(request):
        event = MessageToDict(event)
        if "task" in event:
            task = event["task"]["id"]
            state = event["task"]["status"]
            parts = event["task"].get("artifacts", [{}])[-1].get("parts")
        elif "statusUpdate" in event:
            state = event["statusUpdate"]["status"]
        elif "artifactUpdate" in event:
            parts = event["artifactUpdate"]["artifact"]["parts"]
    return task, state, parts


async def refused(kind, call):
    try:
        value = await call
    except kind as error:
        return str(error)
    raise AssertionError(f"expected {kind.__name__}, but the call answered {value!r}")


async def conversation(ctx, version, streaming):
    async with httpx.AsyncClient(timeout=30) as http:
        chat = await agent(ctx, http, "chat", version, streaming)
        _, state, parts = await sent(chat, message(text("hi")))
        same(state["state"], "TASK_STATE_COMPLETED")
        same(parts, [{"text": "Hello there friend"}])

        typed = await agent(ctx, http, "typed", version, streaming)
        task, state, parts = await sent(typed, message(data({"text": "sea"})))
        same(state["state"], "TASK_STATE_INPUT_REQUIRED")
        question = parts[0]["data"]
        same(question["value"], {"text": "sea"})
        same(question["response_schema"]["type"], "object")
        why = await refused(InvalidParamsError, sent(typed, message(text("yes"), task_id=task)))
        assert "object" in why, why
        same(MessageToDict(await typed.get_task(GetTaskRequest(id=task)))["status"]["state"], "TASK_STATE_INPUT_REQUIRED")
        answer = message(data({"approved": True, "note": "fine"}), task_id=task)
        for _ in range(2):
            again, state, parts = await sent(typed, answer)
            same(again, task)
            same(state["state"], "TASK_STATE_COMPLETED")
            same(parts[0]["data"], {"text": "sea", "approved": True, "note": "fine"})
        await refused(UnsupportedOperationError, sent(typed, message(data({}), task_id=task)))

        fail = await agent(ctx, http, "fail", version, streaming)
        _, state, _ = await sent(fail, message(data({"x": 1})))
        same(state["state"], "TASK_STATE_FAILED")
        same(state["message"]["parts"], [{"text": "ValueError: boom"}])


async def running(ctx, version):
    async with httpx.AsyncClient(timeout=30) as http:
        slow = await agent(ctx, http, "slow", version, True)
        key = str(uuid4())
        request = message(data({"secs": 30, "key": key}))
        task = None
        async for event in slow.send_message(request):
            task = task or event.task.id
            break
        async def works():
            now = MessageToDict(await slow.get_task(GetTaskRequest(id=task)))
            return now["status"]["state"] == "TASK_STATE_WORKING"

        await until(works, "the task works")
        stream = slow.subscribe(SubscribeToTaskRequest(id=task))
        same((await anext(stream)).task.id, task)
        cancelled = MessageToDict(await slow.cancel_task(CancelTaskRequest(id=task)))
        same(cancelled["status"]["state"], "TASK_STATE_CANCELED")
        last = [MessageToDict(event) async for event in stream][-1]
        same(last["statusUpdate"]["status"]["state"], "TASK_STATE_CANCELED")
        await refused(TaskNotCancelableError, slow.cancel_task(CancelTaskRequest(id=task)))
        await refused(TaskNotFoundError, slow.get_task(GetTaskRequest(id="no:task")))
        same(await ctx.effects(f"nap:{key}"), 0)
        if version == "1.0":
            listed = await slow.list_tasks(ListTasksRequest(context_id=task.rpartition(":")[0]))
            same([each.id for each in listed.tasks], [task])


def register(version):
    @scenario(f"37 agents by A2A {version}: card, message, question, failure")
    async def waits(ctx):
        if ctx.ours():
            await conversation(ctx, version, False)

    @scenario(f"37b agents by A2A {version}: the same as streams")
    async def streams(ctx):
        if ctx.ours():
            await conversation(ctx, version, True)

    @scenario(f"37c agents by A2A {version}: a task that runs is streamed again, and cancelled")
    async def runs(ctx):
        if ctx.ours():
            await running(ctx, version)

    @scenario(f"37d agents by A2A {version}: a message that is sent twice is one run")
    async def once(ctx):
        if not ctx.ours():
            return
        async with httpx.AsyncClient(timeout=30) as http:
            essay = await agent(ctx, http, "essay", version, False)
            topic, key = str(uuid4()), str(uuid4())
            first = await sent(essay, message(data({"topic": topic}), key))
            same(await sent(essay, message(data({"topic": topic}), key)), first)
            await refused(InvalidParamsError, sent(essay, message(data({"topic": "another"}), key)))
            same(await ctx.effects(f"compose:{topic}"), 1)


register("1.0")
register("0.3")
