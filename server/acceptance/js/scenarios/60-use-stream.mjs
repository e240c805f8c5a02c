import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { assert, scenario } from "../harness.mjs";

const page = fileURLToPath(new URL("../use-stream.mjs", import.meta.url));

scenario("x20 useStream shows tokens, calls and a question, and answers it", async (ctx) => {
  await ctx.ours("the agent is a fixture of ours", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [page, ctx.proxy.url], { timeout: 55000 });
    const seen = JSON.parse(stdout.trim().split("\n").at(-1));

    assert.deepEqual(seen.errors, []);
    assert.equal(seen.question, 'tool_approval: book {"city":"Chania"}');
    assert.equal(seen.open, false, "the question is gone once it is answered");
    assert.deepEqual(seen.tool, ["sun in Chania", "booked Chania"]);
    for (const call of ['weather({"city":"Chania"})', 'book({"city":"Chania"})'])
      assert.ok(seen.calls.includes(call), `${call} among ${seen.calls}`);
    const whole = "All is done: booked Chania.";
    const parts = seen.ai.filter((text) => whole.startsWith(text) && text.length < whole.length);
    assert.ok(seen.ai.includes(whole), `the answer among ${JSON.stringify(seen.ai)}`);
    assert.ok(parts.length > 0, `the answer grew, among ${JSON.stringify(seen.ai)}`);
  });
});
