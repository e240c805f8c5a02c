package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunStream;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.StateUpdate;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.MessageIds;
import dev.clew.messages.RemoveMessage;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.messages.Usage;
import dev.clew.model.ModelException;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversations as the state of a graph. */
@Timeout(60)
public abstract class MessagesSuite extends GraphSuite {
    private GraphWorkflow<String, Chat, Chat> chat(GraphSpec<String, Chat, Chat> spec) {
        CompiledGraph<String, Chat, Chat> graph =
                opened(spec.builder().checkpointer(new SecondDoor(store())).build());
        return graph.workflow();
    }

    private static GraphSpec.Builder<String, Chat, Chat> spec() {
        return GraphSpec.of("chat", Chat.STATE).input(String.class, text -> Chat.update(Message.user(text)));
    }

    private static GraphSpec<String, Chat, Chat> echo() {
        return spec().node("answer")
                .after(START)
                .leaf(in -> Chat.update(
                        Message.ai("you said " + in.state().messages().size())))
                .build();
    }

    @Test
    @Tag("G148")
    @Tag("G149")
    void messagesOfAllRunsGetIdsThatNoOtherHas() {
        GraphWorkflow<String, Chat, Chat> chat = chat(echo());
        for (int run = 0; run < 5; run++) {
            chat.invoke("hi", T);
        }
        Chat state = chat(echo()).snapshot("t").values();
        assertThat(state.messages()).hasSize(10);
        assertThat(new HashSet<>(state.ids())).hasSize(10).doesNotContain("null");
        assertThat(state.texts()).startsWith("hi", "you said 1", "hi", "you said 3");
    }

    @Test
    @Tag("G149")
    void anotherProcessSeesTheIdsThatWereRecorded() {
        GraphSpec<String, Chat, Chat> spec = spec().node("answer")
                .after(START)
                .leaf(in -> Chat.update(Message.ai("one"), Message.user("two")))
                .node("ask")
                .after("answer")
                .scope(in -> {
                    boolean yes = in.interrupt(OK, "sure?");
                    return Chat.update(Message.ai(yes ? "yes" : "no"));
                })
                .build();
        GraphWorkflow<String, Chat, Chat> chat = chat(spec);
        var pause = paused(chat.invoke("hi", T));
        List<String> before = chat.snapshot("t").values().ids();

        Chat end = chat(spec).invoke(pause.only(OK).answer(true), T).value();

        assertThat(before).hasSize(3).doesNotContain("null");
        assertThat(end.ids()).startsWith(before.toArray(String[]::new)).hasSize(4);
        assertThat(end.texts()).containsExactly("hi", "one", "two", "yes");
    }

    @Test
    @Tag("G157")
    void whatANodeStreamsIsAppendedUnderTheIdThatReadersKnow() {
        GraphWorkflow<String, Chat, Chat> chat = chat(spec().node("answer")
                .after(START)
                .leaf(in -> {
                    in.emitChunk(MessageChunk.text("he"));
                    in.emitChunk(MessageChunk.text("llo"));
                    return Chat.update(Message.ai("hello"));
                })
                .build());
        List<MessageChunk> pieces = new ArrayList<>();

        Chat end;
        try (RunStream<Chat> stream = chat.stream("hi", T, StreamMode.MESSAGES)) {
            stream.forEach(event -> {
                if (event instanceof StreamEvent.Message message) {
                    pieces.add(message.chunk());
                }
            });
            end = stream.result().value();
        }

        assertThat(pieces).extracting(MessageChunk::text).containsExactly("he", "llo");
        assertThat(pieces).allMatch(piece -> end.ids().get(1).equals(piece.id()));
        assertThat(end.texts()).containsExactly("hi", "hello");
    }

    @Test
    void aModelsMessageHasTheIdOfTheAttemptThatMadeIt() {
        AtomicReference<String> step = new AtomicReference<>("");
        AtomicInteger attempts = new AtomicInteger();
        GraphWorkflow<String, Chat, Chat> chat = chat(spec().node("answer")
                .after(START)
                .retry(TWICE)
                .leaf(in -> {
                    step.set(in.stepId());
                    if (attempts.incrementAndGet() == 1) {
                        throw new IOException("once");
                    }
                    return Chat.update(Message.ai("hi"));
                })
                .build());

        Chat end = chat.invoke("hi", T).value();

        assertThat(end.ids().get(1)).isEqualTo(MessageIds.ofAttempt(step.get(), 2));
    }

    @Test
    @Tag("G150")
    void parallelNodesMayRemoveTheSameMessage() {
        GraphSpec<String, Chat, Chat> spec = spec().node("left")
                .after(START)
                .leaf(in -> removal(in.state()))
                .node("right")
                .after(START)
                .leaf(in -> removal(in.state()))
                .build();
        assertThat(chat(spec).invoke("hi", T).value().messages()).isEmpty();
    }

    private static StateUpdate<Chat> removal(Chat chat) {
        return Chat.update(new RemoveMessage(chat.ids().get(0)));
    }

    @Test
    @Tag("G154")
    void removalOfAllClearsWhatIsFoldedBeforeIt() {
        GraphSpec<String, Chat, Chat> spec = spec().node("first")
                .after(START)
                .leaf(in -> Chat.update(Message.ai("first")))
                .node("second")
                .after(START)
                .leaf(in -> Chat.update(RemoveMessage.all(), Message.ai("second")))
                .node("third")
                .after(START)
                .leaf(in -> Chat.update(Message.ai("third")))
                .build();
        assertThat(chat(spec).invoke("hi", T).value().texts()).containsExactly("second", "third");
    }

    @Test
    void anEditByHandGivesIdsAndRemoves() {
        GraphWorkflow<String, Chat, Chat> chat = chat(echo());
        chat.invoke("hi", T);
        chat.updateState(T, Chat.update(Message.user("by hand")));
        Chat edited = chat.snapshot("t").values();
        assertThat(edited.texts()).containsExactly("hi", "you said 1", "by hand");
        assertThat(edited.ids()).doesNotContain("null").doesNotHaveDuplicates();
        chat.updateState(T, Chat.update(new RemoveMessage(edited.ids().get(0)), new RemoveMessage("unknown")));
        assertThat(chat(echo()).snapshot("t").values().texts()).containsExactly("you said 1", "by hand");
    }

    /** The input of the inner graph and that of the outer one come from different places. */
    @Test
    void messagesOfAnInnerGraphGetIdsOfTheirOwn() {
        GraphSpec<String, Chat, Chat> inner = GraphSpec.of("inner", Chat.STATE)
                .input(String.class, text -> Chat.update(Message.user(text)))
                .node("answer")
                .after(START)
                .leaf(in -> Chat.update(Message.ai("inner")))
                .build();
        GraphSpec<String, Chat, Chat> outer = spec().node("answer")
                .after(START)
                .leaf(in -> Chat.update(Message.ai("outer")))
                .subgraph("inner", inner, edges -> edges.after("answer"))
                .build();
        Chat end = chat(outer).invoke("hi", T).value();
        assertThat(end.texts()).containsExactly("hi", "outer", "inner");
        assertThat(end.ids()).doesNotHaveDuplicates().doesNotContain("null");
    }

    @Test
    void allPartsOfMessagesSurviveTheStore() {
        AiMessage rich = Message.ai("hi")
                .withName("travel")
                .withToolCalls(List.of(ToolCall.of("c1", "weather", Map.of("city", "Rome", "days", 3))))
                .withUsage(new Usage(1, 2, 3, 4, 5, true))
                .withMetadata("finish_reason", "stop")
                .withExtras(Map.of("mood", List.of("good", 1.5)));
        GraphSpec<String, Chat, Chat> spec = spec().node("answer")
                .after(START)
                .leaf(in -> Chat.update(rich, ToolCallResult.of(rich)))
                .build();
        Chat end = chat(spec).invoke("hi", T).value();
        assertThat(chat(spec).snapshot("t").values()).isEqualTo(end);
        assertThat(end.messages().get(1)).isEqualTo(rich.withId(end.ids().get(1)));
        assertThat(end.messages().get(2)).isInstanceOf(ToolMessage.class);
    }

    private static final class ToolCallResult {
        static Message of(AiMessage called) {
            return Message.tool(called.toolCalls().get(0), "sun").withArtifact(Map.of("degrees", 18));
        }
    }

    @Test
    void aForkHasTheMessagesUpToItsPoint() {
        GraphWorkflow<String, Chat, Chat> chat = chat(echo());
        chat.invoke("one", T);
        RunConfig first = chat.snapshot("t").config();
        List<String> ids = chat.snapshot("t").values().ids();
        chat.invoke("two", T);
        Chat forked = chat.invoke("three", first).value();
        assertThat(forked.texts()).containsExactly("one", "you said 1", "three", "you said 3");
        assertThat(forked.ids()).startsWith(ids.toArray(String[]::new)).doesNotHaveDuplicates();
    }

    private static final RetryPolicy TWICE = RetryPolicy.builder()
            .maxAttempts(2)
            .initialInterval(Duration.ZERO)
            .jitter(false)
            .build();

    private static GraphSpec<String, Chat, Chat> failingFirst(AtomicInteger attempts, Supplier<Exception> failure) {
        return spec().node("answer")
                .after(START)
                .retry(TWICE)
                .leaf(in -> {
                    in.emitToken("one ");
                    if (attempts.incrementAndGet() == 1) {
                        throw failure.get();
                    }
                    in.emitChunk(MessageChunk.end(Usage.of(1, 2)));
                    return Chat.update(Message.ai("one "));
                })
                .build();
    }

    @Test
    void piecesOfAnAttemptThatFailedAreVoid() {
        GraphWorkflow<String, Chat, Chat> chat = chat(failingFirst(new AtomicInteger(), () -> new IOException("once")));
        List<StreamEvent> events = new ArrayList<>();
        Chat end;
        try (RunStream<Chat> stream = chat.stream("hi", T, StreamMode.MESSAGES)) {
            stream.forEach(events::add);
            end = stream.result().value();
        }

        assertThat(events).hasSize(4);
        StreamEvent.Message first = (StreamEvent.Message) events.get(0);
        StreamEvent.MessageVoided voided = (StreamEvent.MessageVoided) events.get(1);
        StreamEvent.Message second = (StreamEvent.Message) events.get(2);
        StreamEvent.Message last = (StreamEvent.Message) events.get(3);
        assertThat(first.token()).isEqualTo("one ");
        assertThat(voided.messageId()).isEqualTo(first.chunk().id()).isEqualTo(MessageIds.ofAttempt(first.stepId(), 1));
        assertThat(second.chunk().id())
                .isEqualTo(last.chunk().id())
                .isEqualTo(end.ids().get(1));
        assertThat(second.chunk().id()).isNotEqualTo(voided.messageId());
        assertThat(last.chunk().usage()).isEqualTo(Usage.of(1, 2));
        assertThat(last.chunk().isLast()).isTrue();
    }

    @Test
    void aModelThatRefusesIsNotAskedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        GraphWorkflow<String, Chat, Chat> chat =
                chat(failingFirst(attempts, () -> ModelException.contextOverflow("too long", null)));
        assertThatThrownBy(() -> chat.invoke("hi", T)).isInstanceOf(WorkflowFailedException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void aModelIsAskedAgainAfterTheTimeThatItNames() {
        Duration wait = Duration.ofMillis(30);
        GraphWorkflow<String, Chat, Chat> chat =
                chat(failingFirst(new AtomicInteger(), () -> ModelException.rateLimited("slower", wait, null)));
        List<Duration> delays = new ArrayList<>();
        try (RunStream<Chat> stream = chat.stream("hi", T, StreamMode.TASKS)) {
            for (StreamEvent event : stream) {
                if (event instanceof StreamEvent.TaskRetried retried) {
                    delays.add(retried.delay());
                }
            }
            assertThat(stream.result().value().messages()).hasSize(2);
        }
        assertThat(delays).containsExactly(wait);
    }
}
