"""What the Python scenarios share: registration, the client through the counting proxy, and assertions."""

import asyncio
import json
import re
import time
import urllib.request

import httpx
from langgraph_sdk import get_client

SCENARIOS = []
INTERRUPT = re.compile(r"^[0-9a-f]{32}$")


def scenario(name):
    """Registers a scenario; its number is the one of the protocol's catalogue."""

    def register(body):
        SCENARIOS.append((name, body))
        return body

    return register


class Context:
    """What a scenario gets: a client through the counting proxy, and the mode."""

    def __init__(self, url, proxy, official):
        self.url, self.proxy, self.official = url, proxy, official
        self.client = get_client(url=proxy, api_key="none")
        self.skipped = 0

    def ours(self):
        """Whether to check what ours decides otherwise than the official server; counted where it is left out."""
        self.skipped += self.official
        return not self.official

    async def thread(self):
        return (await self.client.threads.create())["thread_id"]

    async def effects(self, key):
        value = await self.client.runs.wait(await self.thread(), "effects", input=key)
        return value["count"]

    def wrapped(self, value):
        return value if self.official or isinstance(value, dict) else {"output": value}

    def nothing(self):
        return None if self.official else {}

    def control(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.proxy}/__proxy/{path}", data=data) as answer:
            return json.load(answer)

    def records(self, method, path):
        return [r for r in self.control("records") if r["method"] == method and re.search(path, r["path"])]


def same(actual, expected, what=""):
    assert actual == expected, f"{what}\n  got      {actual!r}\n  expected {expected!r}"


async def fails(status, call):
    """The error of a call that must fail with this status."""
    try:
        value = await call
    except httpx.HTTPStatusError as error:  # what the client raises of its own is one of these, too
        same(error.response.status_code, status, f"status of the refusal: {error}")
        return error
    raise AssertionError(f"expected {status}, but the call answered {value!r}")


async def collect(stream):
    return [part async for part in stream]


async def until(check, what, seconds=15):
    end = time.monotonic() + seconds
    while True:
        value = await check()
        if value:
            return value
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        await asyncio.sleep(0.05)


async def status_of(ctx, thread, run, status):
    async def check():
        return (await ctx.client.runs.get(thread, run))["status"] == status

    await until(check, f"the run becomes {status}")


def interrupt_item(ctx, item, value):
    assert INTERRUPT.match(item["id"]), f"an interrupt's id is 32 hex digits: {item}"
    same(item["value"], value)
    if ctx.ours():
        same(item["payload"], value, "payload beside value")
        assert "response_schema" in item
