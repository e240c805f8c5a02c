// The protocol's own JavaScript client, of version 0.3.
import { randomUUID } from "node:crypto";
import { ClientFactory } from "@a2a-js/sdk/client";
import { all, assert, scenario } from "../harness.mjs";

const agent = (ctx, name) => new ClientFactory().createFromUrl(`${ctx.proxy.url}/a2a/${name}/.well-known/agent-card.json`, "");

const message = (part, more = {}) => ({
  message: { kind: "message", messageId: randomUUID(), role: "user", parts: [part], ...more },
});
const text = (words) => ({ kind: "text", text: words });
const data = (value) => ({ kind: "data", data: value });

scenario("37 agents: card, message, stream, question, failure", async (ctx) => {
  await ctx.ours("ours is an agent by names, too", async () => {
    const chat = await agent(ctx, "chat");
    assert.equal((await chat.getAgentCard()).name, "chat");
    const said = await chat.sendMessage(message(text("hi")));
    assert.equal(said.status.state, "completed");
    assert.deepEqual(said.artifacts[0].parts, [text("Hello there friend")]);

    const events = await all(chat.sendMessageStream(message(text("hi"))));
    assert.equal(events[0].kind, "task");
    assert.equal(events[0].status.state, "submitted");
    const texts = events.filter((e) => e.kind === "status-update" && !e.final).map((e) => e.status.message.parts[0].text);
    assert.deepEqual(texts, ["Hello", "Hello ", "Hello there", "Hello there ", "Hello there friend"]);
    assert.deepEqual(events.at(-2).artifact.parts, [text("Hello there friend")]);
    assert.equal(events.at(-1).status.state, "completed");
    assert.equal(events.at(-1).final, true);

    const typed = await agent(ctx, "typed");
    const asks = await typed.sendMessage(message(data({ text: "sea" })));
    assert.equal(asks.status.state, "input-required");
    assert.equal(asks.status.message.parts[0].data.name, "judge");
    await assert.rejects(typed.sendMessage(message(text("yes"), { taskId: asks.id })), /object is wanted/);
    assert.deepEqual(await typed.getTask({ id: asks.id }), asks, "a wrong answer changes nothing");
    const done = await typed.sendMessage(message(data({ approved: true, note: "n" }), { taskId: asks.id }));
    assert.equal(done.id, asks.id);
    assert.deepEqual(done.artifacts[0].parts, [data({ text: "sea", approved: true, note: "n" })]);

    const failed = await (await agent(ctx, "fail")).sendMessage(message(data({ x: 1 })));
    assert.equal(failed.status.state, "failed");
    assert.deepEqual(failed.status.message.parts, [text("ValueError: boom")]);
  });
});

scenario("37b agents: a task that runs is streamed again, and cancelled", async (ctx) => {
  await ctx.ours("ours is an agent by names, too", async () => {
    const slow = await agent(ctx, "slow");
    const key = randomUUID();
    const task = await slow.sendMessage({ ...message(data({ secs: 30, key })), configuration: { blocking: false } });
    const stream = slow.resubscribeTask({ id: task.id });
    assert.equal((await stream.next()).value.id, task.id);
    assert.equal((await slow.cancelTask({ id: task.id })).status.state, "canceled");
    assert.equal((await all(stream)).at(-1).status.state, "canceled");
    await assert.rejects(slow.cancelTask({ id: task.id }), /TaskNotCancelable/);
    assert.equal(await ctx.effects(`nap:${key}`), 0);
  });
});
