package dev.clew.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.annotations.Append;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Components that come, go and change their types under stored threads, and forms that older versions have stored. */
@Timeout(20)
final class ComponentChangesTest {
    private static final RunConfig THREAD = RunConfig.thread("t");
    private static final NodeRef WRITE = NodeRef.of("write");
    private static final TypeRef<List<String>> TEXTS = new TypeRef<List<String>>() {};

    private static final Component<List<String>, List<String>> LINES =
            Component.reduced("lines", TEXTS, TEXTS, new Append.ToList<String>());
    private static final Component<@Nullable String, @Nullable String> TITLE =
            Component.lastValue("title", TypeRef.of(String.class), null);

    record Log(List<String> lines, @Nullable Object other) {}

    private final Checkpointer store = Checkpointer.inMemory();

    /** {@code plan}, then {@code write}; each appends its name. */
    private static GraphSpec<String, Log, Log> line(Component<?, ?>... others) {
        Component<?, ?>[] all = new Component<?, ?>[others.length + 1];
        all[0] = LINES;
        System.arraycopy(others, 0, all, 1, others.length);
        StateSpec<Log> state = StateSpec.of(
                Log.class,
                values -> new Log(values.get(LINES), others.length == 0 ? null : values.find(others[0].name())),
                log -> others.length == 0
                        ? new Object[] {log.lines()}
                        : new @Nullable Object[] {log.lines(), log.other()},
                all);
        return GraphSpec.of("line", state)
                .input(String.class, text -> {
                    Changes<Log> changes = state.changes().add(LINES, List.of(text));
                    return (others.length > 0 && others[0] == TITLE ? changes.set(TITLE, text) : changes).update();
                })
                .node("plan")
                .after(START)
                .leaf(in -> state.changes().add(LINES, List.of("plan")).update())
                .node("write")
                .after("plan")
                .leaf(in -> state.changes().add(LINES, List.of("write")).update())
                .build();
    }

    private CompiledGraph<String, Log, Log> open(GraphSpec<String, Log, Log> spec) {
        return spec.builder().checkpointer(store).build();
    }

    @Test
    @Tag("G087")
    @Tag("G183")
    void breakpointThatWasReachedIsPassedOnceWhenAComponentIsGone() {
        try (var graph = open(line(TITLE))) {
            assertThat(graph.workflow().invoke("rain", THREAD.pauseBefore(WRITE)))
                    .isInstanceOf(RunResult.Interrupted.class);
        }

        try (var graph = open(line())) {
            assertThat(graph.workflow()
                            .invoke(Command.proceed(), THREAD)
                            .value()
                            .lines())
                    .containsExactly("rain", "plan", "write");
        }
    }

    // --- another type ---

    private static final Component<@Nullable Integer, @Nullable Integer> NUMBER =
            Component.lastValue("title", TypeRef.of(Integer.class), null);

    @Test
    @Tag("G184")
    void componentOfAnotherTypeBlocksAParkedThread() {
        try (var graph = open(line(TITLE))) {
            graph.workflow().invoke("rain", THREAD.pauseBefore(WRITE));
        }

        try (var graph = open(line(NUMBER))) {
            assertThatThrownBy(() -> graph.workflow().invoke(Command.proceed(), THREAD))
                    .isInstanceOf(StateDriftException.class)
                    .hasMessageContaining("'title' was java.lang.String")
                    .hasMessageContaining("and is java.lang.Integer");
            assertThat(graph.workflow().state("t").status()).isEqualTo(ThreadStatus.BLOCKED);
        }
        try (var graph = open(line(TITLE))) {
            assertThat(graph.workflow()
                            .invoke(Command.proceed(), THREAD)
                            .value()
                            .other())
                    .isEqualTo("rain");
        }
    }

    @Test
    @Tag("G184")
    void componentOfAnotherTypeRefusesTheNextInputWithItsPath() {
        try (var graph = open(line(TITLE))) {
            graph.workflow().invoke("rain", THREAD);
        }

        try (var graph = open(line(NUMBER))) {
            assertThatThrownBy(() -> graph.workflow().invoke("snow", THREAD)).hasStackTraceContaining("title");
        }
        try (var graph = open(line(TITLE))) {
            assertThat(graph.workflow().invoke("snow", THREAD).value())
                    .isEqualTo(new Log(List.of("rain", "plan", "write", "snow", "plan", "write"), "snow"));
        }
    }

    // --- forms that were stored ---

    @Test
    @Tag("G186")
    void planAsItWasStoredFirstIsRead() {
        String stored = "{\"number\":2,\"due\":[{\"node\":\"search\",\"first\":1,\"sent\":"
                + "{\"sender\":\"plan\",\"execution\":1,\"from\":0,\"count\":2}}],\"arrivals\":"
                + "[{\"join\":\"write\",\"members\":[\"plan\"]}],\"waiting\":[],\"limit\":10,\"pause\":[\"search\"]}";

        var plan = JsonCodec.standard().decode(stored.getBytes(StandardCharsets.UTF_8), GraphRun.PLAN);

        assertThat(plan).isNotNull();
        assertThat(plan.executions())
                .extracting(execution -> execution.label())
                .containsExactly("search#1", "search#2");
        assertThat(plan.pause()).containsExactly("search");
        assertThat(plan.limit()).isEqualTo(10);
    }

    @Test
    @Tag("G186")
    void formOfAStateAsItWasStoredFirstIsRead() {
        String stored = "{\"lines\":\"java.util.List<java.lang.String> folded by dev.clew.annotations.Append$ToList\"}";

        Map<String, String> form = JsonCodec.standard().decode(stored.getBytes(StandardCharsets.UTF_8), StateForm.TYPE);

        assertThat(form).isNotNull();
        assertThat(StateForm.of(line().state().channels())
                        .changedFrom(form, line().state().channels()))
                .isEmpty();
    }
}
