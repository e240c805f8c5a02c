package dev.clew.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCallChunk;
import dev.clew.messages.Usage;
import dev.clew.server.feed.FeedEvent;
import dev.clew.server.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages as the thread protocol sends them. */
final class MessageFramesTest {
    private final List<String> sent = new ArrayList<>();
    private final MessageFrames frames =
            new MessageFrames((path, name, data) -> sent.add(name + " " + Json.write(data)));

    private void piece(String id, MessageChunk chunk) {
        frames.add(new FeedEvent.Piece("node:model#1", "model", 1, id, chunk));
    }

    private void assertSent(String... expected) {
        assertThat(sent)
                .containsExactly(Arrays.stream(expected)
                        .map(each -> "model " + each.replace("\\'", "\\\"").replace('\'', '"'))
                        .toArray(String[]::new));
    }

    @Test
    void blocksBeginGrowAndEndOneAfterAnother() {
        piece("a1", MessageChunk.reasoning("hm"));
        piece("a1", MessageChunk.reasoning("m"));
        piece("a1", MessageChunk.text("He"));
        piece("a1", MessageChunk.text("llo"));
        piece("a1", MessageChunk.toolCall(new ToolCallChunk(0, "c1", "weather", "{\"ci")));
        piece("a1", MessageChunk.toolCall(new ToolCallChunk(0, null, null, "ty\":1}")));
        piece("a1", MessageChunk.end(Usage.of(1, 2)));

        assertSent(
                "{'event':'message-start','role':'ai','id':'a1'}",
                "{'event':'content-block-start','index':0,'content':{'type':'reasoning','reasoning':''}}",
                "{'event':'content-block-delta','index':0,'delta':{'type':'reasoning-delta','reasoning':'hm'}}",
                "{'event':'content-block-delta','index':0,'delta':{'type':'reasoning-delta','reasoning':'m'}}",
                "{'event':'content-block-finish','index':0,'content':{'type':'reasoning','reasoning':'hmm'}}",
                "{'event':'content-block-start','index':1,'content':{'type':'text','text':''}}",
                "{'event':'content-block-delta','index':1,'delta':{'type':'text-delta','text':'He'}}",
                "{'event':'content-block-delta','index':1,'delta':{'type':'text-delta','text':'llo'}}",
                "{'event':'content-block-finish','index':1,'content':{'type':'text','text':'Hello'}}",
                "{'event':'content-block-start','index':2,'content':{'type':'tool_call_chunk','id':'c1','name':'weather',"
                        + "'args':''}}",
                "{'event':'content-block-delta','index':2,'delta':{'type':'tool-call-delta','args':'{\\'ci'}}",
                "{'event':'content-block-delta','index':2,'delta':{'type':'tool-call-delta','args':'ty\\':1}'}}",
                "{'event':'content-block-finish','index':2,'content':{'name':'weather','args':{'city':1},'id':'c1',"
                        + "'type':'tool_call'}}",
                "{'event':'message-finish','id':'a1','usage':{'input_tokens':1,'output_tokens':2,'total_tokens':3}}");
    }

    @Test
    void messageWithoutALastPieceEndsWithItsStep() {
        piece("a1", MessageChunk.text("He"));
        frames.ended("node:other#1");
        assertThat(sent).hasSize(3);
        frames.ended("node:model#1");
        assertThat(sent.get(4)).isEqualTo("model {\"event\":\"message-finish\",\"id\":\"a1\"}");
        frames.ended("node:model#1");
        assertThat(sent).hasSize(5);
    }

    @Test
    void messageOfAFailedAttemptIsCut() {
        piece("a1", MessageChunk.text("He"));
        frames.voided(new FeedEvent.Voided("node:model#1", "model", "a1"));
        piece("a2", MessageChunk.text("Hi"));
        frames.ended("node:model#1");

        assertThat(sent.get(3)).contains("\"event\":\"error\"").contains("\"message\":");
        assertThat(sent.get(4)).contains("\"id\":\"a2\"");
        assertThat(sent).filteredOn(frame -> frame.contains("message-finish")).hasSize(1);
    }

    @Test
    void messagesOfTwoModelsDoNotMix() {
        piece("a1", MessageChunk.text("one"));
        piece("a2", MessageChunk.text("two"));
        piece("a1", MessageChunk.end(null));
        piece("a2", MessageChunk.end(null));
        assertThat(sent)
                .filteredOn(frame -> frame.contains("content-block-finish"))
                .satisfiesExactly(
                        one -> assertThat(one).contains("one"),
                        two -> assertThat(two).contains("two"));
    }
}
