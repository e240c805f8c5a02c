package dev.clew.sqlite;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.Append;
import dev.clew.annotations.Merge;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.Component;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.Send;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.interrupt.InterruptKey;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The graph whose threads are kept in a file for {@link KeptGraphsTest}: {@code plan} and a graph beside each other, two
 * {@code look} that plan sends to, and {@code end}. The input names the case. While the graph is broken, each case stops in its
 * own way; repaired, each completes.
 */
final class KeptGraph {
    record Desk(List<String> notes, Map<String, Integer> marks, String topic) {}

    static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);

    /** Long enough for a state that is stored as a change. */
    private static final String LINE = "n".repeat(300);

    private static final TypeRef<List<String>> LINES = TypeRef.listOf(TypeRef.of(String.class));
    private static final TypeRef<Map<String, Integer>> NUMBERS = new TypeRef<Map<String, Integer>>() {};

    private static final Component<List<String>, List<String>> NOTES =
            Component.reduced("notes", LINES, LINES, new Append.ToList<String>());
    private static final Component<Map<String, Integer>, Map<String, Integer>> MARKS =
            Component.reduced("marks", NUMBERS, NUMBERS, new Merge.ToMap<String, Integer>());
    private static final Component<String, String> TOPIC =
            Component.lastValue("topic", TypeRef.of(String.class), "none");

    private static final StateSpec<Desk> STATE = StateSpec.of(
            Desk.class,
            values -> new Desk(values.get(NOTES), values.get(MARKS), values.get(TOPIC)),
            desk -> new Object[] {desk.notes(), desk.marks(), desk.topic()},
            NOTES,
            MARKS,
            TOPIC);

    private final boolean broken;
    final CountDownLatch hangs = new CountDownLatch(1);

    KeptGraph(boolean broken) {
        this.broken = broken;
    }

    static StateUpdate<Desk> note(String text) {
        return STATE.changes().add(NOTES, List.of(text)).update();
    }

    /** What a thread's notes are that a repaired run of this case has been added to. */
    static List<String> notes(String topic) {
        boolean asks = topic.equals("asks");
        return List.of(
                LINE + topic,
                topic.equals("asks inside") ? "inside true" : "inside",
                "a",
                asks ? "b true" : "b",
                "end");
    }

    CompiledGraph<String, Desk, Desk> open(Checkpointer store) {
        return spec().builder().checkpointer(store).build();
    }

    GraphSpec<String, Desk, Desk> spec() {
        return GraphSpec.of("kept", STATE)
                .input(String.class, topic -> STATE.changes().set(TOPIC, topic).update())
                .node("plan")
                .after(START)
                .mayGoTo("look")
                .leaf(in -> note(LINE + in.state().topic()).goTo(List.of(Send.to("look", "a"), Send.to("look", "b"))))
                .subgraph("beside", beside(), edges -> edges.after(START))
                .node("look")
                .takes(String.class)
                .scope(in -> {
                    boolean second = in.sent().equals("b");
                    if (second && in.state().topic().equals("asks")) {
                        return note("b " + in.interrupt(OK, "go on?"));
                    }
                    return second ? look(in.state().topic()) : marked(in.sent());
                })
                .node("end")
                .afterAll("look", "beside")
                .leaf(in -> note("end"))
                .build();
    }

    private StateUpdate<Desk> look(String topic) throws InterruptedException {
        if (broken && topic.equals("fails")) {
            throw new IllegalStateException("broken");
        }
        if (broken && topic.equals("hangs")) {
            hangs.countDown();
            new CountDownLatch(1).await();
        }
        return marked("b");
    }

    private static StateUpdate<Desk> marked(String text) {
        return STATE.changes()
                .add(NOTES, List.of(text))
                .add(MARKS, Map.of(text, 1))
                .update();
    }

    private static GraphSpec<StateUpdate<Desk>, Desk, Desk> beside() {
        return GraphSpec.of("beside", STATE)
                .node("inside")
                .after(START)
                .scope(in -> in.state().topic().equals("asks inside")
                        ? note("inside " + in.interrupt(OK, "sure?"))
                        : note("inside"))
                .build();
    }
}
