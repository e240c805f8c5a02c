"""The workloads in LangGraph for Python. Prints one JSON line for each: the median of the calls, in microseconds for each unit."""

import json
import operator
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.func import entrypoint, task
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

STEPS, THREADS, CALLS = (int(argument) for argument in sys.argv[1:])
ENGINE = "LangGraph Python " + version("langgraph")
runs = 0


def config():
    global runs
    runs += 1
    return {"configurable": {"thread_id": f"t{runs}"}, "recursion_limit": STEPS + 10}


def timed(call):
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1e6


def report(workload, variant, times):
    line = {"engine": ENGINE, "workload": workload, "variant": variant, "us": statistics.median(times)}
    print(json.dumps(line), flush=True)


def measure(workload, variant, units, call):
    for _ in range(CALLS):
        call()  # warms
    report(workload, variant, [timed(call) / units for _ in range(CALLS)])


@contextmanager
def saver_of(variant):
    """A saver in memory, or in a file of its own, which is deleted at the end."""
    if variant == "memory":
        yield InMemorySaver()
    else:
        with tempfile.TemporaryDirectory() as folder:
            with SqliteSaver.from_conn_string(str(Path(folder) / "peers.db")) as saver:
                yield saver


@task
def add(n: int) -> int:
    return n + 1


def sequence(saver):
    @entrypoint(checkpointer=saver)
    def run(n: int) -> int:
        total = 0
        for _ in range(n):
            total = add(total).result()
        return total

    return run


def fan_out(saver):
    @entrypoint(checkpointer=saver)
    def run(n: int) -> int:
        futures = [add(i) for i in range(n)]
        return len([future.result() for future in futures])

    return run


def pausing(saver):
    @entrypoint(checkpointer=saver)
    def run(n: int) -> int:
        total = 0
        for _ in range(n):
            total = add(total).result()
        return total + interrupt("how much?")

    return run


def loop(saver):
    class Notes(TypedDict):
        notes: Annotated[list[str], operator.add]

    graph = StateGraph(Notes)
    graph.add_node("add", lambda state: {"notes": ["n" * 100]})
    graph.add_edge(START, "add")
    graph.add_conditional_edges("add", lambda state: "add" if len(state["notes"]) < STEPS else END)
    return graph.compile(checkpointer=saver)


for variant in ("memory", "sqlite"):
    with saver_of(variant) as saver:

        def invoke(flow, value, own=None):
            return flow.invoke(value, own or config(), durability="sync")

        in_order, at_once, graph, asking = sequence(saver), fan_out(saver), loop(saver), pausing(saver)
        measure("tasks in order", variant, STEPS, lambda: invoke(in_order, STEPS))
        measure("tasks at once", variant, STEPS, lambda: invoke(at_once, STEPS))
        measure("supersteps of a graph", variant, STEPS, lambda: invoke(graph, {}))
        answer = Command(resume=1)
        for _ in ("warms", "counts"):
            parked = [config() for _ in range(THREADS)]
            asked = [timed(lambda: invoke(asking, 3, own)) for own in parked]
            answered = [timed(lambda: invoke(asking, answer, own)) for own in parked]
        report("a thread that asks", variant, asked)
        report("a thread that is answered", variant, answered)
