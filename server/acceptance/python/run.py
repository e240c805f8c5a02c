"""python3 run.py URL [pattern] [--official]: runs the scenarios by the Python client, one line each."""

import asyncio
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import time
import traceback

import harness

HERE = pathlib.Path(__file__).parent


def load():
    for file in sorted((HERE / "scenarios").glob("*.py")):
        spec = importlib.util.spec_from_file_location("scenario_" + re.sub(r"\W", "_", file.stem), file)
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


async def attempt(ctx, body):
    try:
        await asyncio.wait_for(body(ctx), 60)
    finally:
        await ctx.client.http.client.aclose()
    broken = [r for r in ctx.control("records") if (r["status"] or 0) >= 500]
    assert ctx.official or not broken, "5xx: " + ", ".join(f"{r['method']} {r['path']} -> {r['status']}" for r in broken)


def main():
    official = "--official" in sys.argv
    plain = [a for a in sys.argv[1:] if not a.startswith("--")]
    url, pattern = plain[0], plain[1] if len(plain) > 1 else ""
    load()
    passed = failed = 0
    proxy = subprocess.Popen(["node", HERE.parent / "proxy.mjs", url], stdout=subprocess.PIPE, text=True)
    try:
        address = f"http://127.0.0.1:{proxy.stdout.readline().strip()}"
        for name, body in harness.SCENARIOS:
            if not re.search(pattern, f"python {name}"):
                continue
            ctx = harness.Context(url, address, official)
            ctx.control("reset", {})
            begun = time.monotonic()
            try:
                asyncio.run(attempt(ctx, body))
            except Exception as error:  # any failure is one line, and the next scenario runs
                failed += 1
                frames = [f for f in traceback.extract_tb(error.__traceback__) if "scenarios" in f.filename]
                where = f"{pathlib.Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
                text = f"{type(error).__name__}: {error}".strip()[:1500].replace("\n", "\n       ")
                print(f"FAIL python {name} {(time.monotonic() - begun) * 1000:.0f} ms {where}\n       {text}", flush=True)
                if os.environ.get("VERBOSE"):
                    for r in ctx.control("records"):
                        print(f"       {r['method']} {r['path']} -> {r['status']}")
            else:
                passed += 1
                notes = f" ({ctx.skipped} expected differences left out)" if ctx.skipped else ""
                print(f"ok   python {name} {(time.monotonic() - begun) * 1000:.0f} ms{notes}", flush=True)
    finally:
        proxy.terminate()
    print(f"python: {passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
