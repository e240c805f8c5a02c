import time
from typing import Annotated, TypedDict
import operator
from langgraph.graph import StateGraph, START, END
from langgraph.func import entrypoint, task
from langgraph.types import interrupt

class S(TypedDict, total=False):
    topic: str
    notes: Annotated[list, operator.add]

def plan(s): return {"notes": ["plan " + s["topic"]]}
def ask(s):
    v = interrupt({"text": "ok?"})
    return {"notes": [f"answer {v}"]}
g = StateGraph(S)
g.add_node("plan", plan); g.add_node("ask", ask)
g.add_edge(START, "plan"); g.add_edge("plan", "ask"); g.add_edge("ask", END)
notes = g.compile()

def slow(s):
    time.sleep(0.2)
    return {"notes": ["n"]}
h = StateGraph(S)
prev = START
for i in range(10):
    h.add_node(f"s{i}", slow); h.add_edge(prev, f"s{i}"); prev = f"s{i}"
h.add_edge(prev, END)
naps = h.compile()

def boom(s): raise ValueError("no ink")
f = StateGraph(S); f.add_node("boom", boom); f.add_edge(START, "boom"); f.add_edge("boom", END)
fail = f.compile()

def nothing(s): return {}
n = StateGraph(S); n.add_node("nothing", nothing); n.add_edge(START, "nothing"); n.add_edge("nothing", END)
noop = n.compile()

@task
def shout(t: str) -> str: return t.upper()
@entrypoint()
def plain(t: str) -> str:
    return shout(t).result()
