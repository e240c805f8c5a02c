package dev.clew.sqlite;

import dev.clew.annotations.Append;
import dev.clew.annotations.Node;
import dev.clew.annotations.Sum;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.TaskContext;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.Component;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.NodeInput;
import dev.clew.graph.Send;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs a graph with sent records, a join, a question and a graph in a node, three times around; or continues it, whatever
 * became of it. Each execution of a leaf leaves a line in a file and prints it.
 */
final class ReportingProcess {
    static final String THREAD = "report";
    private static final int ROUNDS = 3;
    private static final int SEARCHES = 5;
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok?", String.class, Boolean.class);

    private ReportingProcess() {}

    /** What the nodes write. */
    record Report(List<String> notes, int rounds) {}

    private static final Component<List<String>, List<String>> NOTES = Component.reduced(
            "notes",
            TypeRef.listOf(TypeRef.of(String.class)),
            TypeRef.listOf(TypeRef.of(String.class)),
            new Append.ToList<String>());
    private static final Component<Integer, Integer> ROUND =
            Component.reduced("rounds", TypeRef.of(Integer.class), TypeRef.of(Integer.class), Sum.OfInt.INSTANCE);
    private static final StateSpec<Report> STATE = StateSpec.of(
            Report.class,
            values -> new Report(values.get(NOTES), values.get(ROUND)),
            report -> new Object[] {report.notes(), report.rounds()},
            NOTES,
            ROUND);

    private static StateUpdate<Report> note(String text) {
        return STATE.changes().add(NOTES, List.of(text)).update();
    }

    /** The graph; each execution of a leaf is handed to the watcher. */
    static GraphSpec<String, Report, Report> spec(Consumer<String> watcher) {
        return GraphSpec.of("report", STATE)
                .input(String.class, ReportingProcess::note)
                .node("plan")
                .after(Node.START)
                .mayGoTo("search", "review")
                .leaf(in -> {
                    leave(in, watcher);
                    return note("plan").goTo(sends(in.state().rounds()));
                })
                .node("search")
                .takes(String.class)
                .leaf(in -> noteOf(in, in.sent() + " sees ", watcher))
                .subgraph("review", review(watcher), edges -> edges)
                .node("collect")
                .after("search")
                .leaf(in -> noteOf(in, "collect ", watcher))
                .node("ask")
                .after("collect")
                .scope(in -> note(in.interrupt(OK, "round " + in.state().rounds()) ? "yes" : "no"))
                .node("write")
                .afterAll("ask", "review")
                .mayGoTo("plan")
                .mayEnd()
                .leaf(in -> {
                    leave(in, watcher);
                    return written().goTo(in.state().rounds() + 1 < ROUNDS ? List.of(Send.to("plan")) : List.of());
                })
                .build();
    }

    /** How many notes a node sees. */
    private static StateUpdate<Report> noteOf(NodeInput<Report, ?> in, String text, Consumer<String> watcher) {
        leave(in, watcher);
        return note(text + in.state().notes().size());
    }

    private static StateUpdate<Report> written() {
        return STATE.changes().add(NOTES, List.of("write")).add(ROUND, 1).update();
    }

    private static List<Send> sends(int round) {
        return Stream.concat(
                        Stream.of(Send.to("review")),
                        IntStream.range(0, SEARCHES).mapToObj(i -> Send.to("search", round + "." + i)))
                .toList();
    }

    private static GraphSpec<?, ?, ?> review(Consumer<String> watcher) {
        return GraphSpec.of("review", STATE)
                .node("read")
                .after(Node.START)
                .leaf(in -> noteOf(in, "read ", watcher))
                .node("judge")
                .after("read")
                .leaf(in -> noteOf(in, "judge ", watcher))
                .build();
    }

    private static void leave(TaskContext execution, Consumer<String> watcher) {
        watcher.accept(execution.stepId().substring(THREAD.length() + 1));
    }

    /** The graph on a store. */
    static CompiledGraph<String, Report, Report> open(Checkpointer store, Consumer<String> watcher) {
        return spec(watcher).builder().checkpointer(store).build();
    }

    /** Runs the graph to its end, from wherever it is. */
    static Report toTheEnd(CompiledGraph<String, Report, Report> graph, Durability durability) {
        RunConfig config = RunConfig.thread(THREAD).durability(durability);
        while (true) {
            ThreadState<Report> state = graph.workflow().state(THREAD);
            if (state.status() == ThreadStatus.IDLE && state.runId() != null) {
                return Objects.requireNonNull(state.value());
            }
            RunResult<?> result = switch (state.status()) {
                case IDLE -> graph.workflow().invoke("begin", config);
                case INTERRUPTED -> graph.workflow().invoke(Command.resume(true), config);
                case CRASHED, ANSWERED ->
                    graph.recover().run(THREAD).orElseThrow().join();
                default -> graph.workflow().invoke(Command.proceed(), config);
            };
            if (result instanceof RunResult.Completed) {
                return (Report) result.value();
            }
        }
    }

    private static void print(Path effects, String execution) {
        try {
            Files.writeString(effects, execution + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(execution);
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Path effects = folder.resolve("effects");
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                CompiledGraph<String, Report, Report> graph =
                        open(db.checkpointer(), execution -> print(effects, execution))) {
            System.out.println("value " + toTheEnd(graph, Durability.valueOf(arguments[1])));
        }
    }
}
