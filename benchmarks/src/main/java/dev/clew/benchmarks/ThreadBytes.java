package dev.clew.benchmarks;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.Append;
import dev.clew.annotations.End;
import dev.clew.annotations.To;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.Component;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Locale;

/**
 * Counts what a thread of a graph takes: many runs that append 100 bytes each, and one run of as many supersteps. It counts the bytes
 * that cross the port, and measures no time. {@code java … dev.clew.benchmarks.ThreadBytes [MOST]}.
 */
final class ThreadBytes {
    private static final String LINE = "x".repeat(100);
    private static final RunConfig THREAD = RunConfig.thread("t");

    private record Notes(List<String> notes) {}

    private static final TypeRef<List<String>> LINES = new TypeRef<List<String>>() {};
    private static final Component<List<String>, List<String>> NOTES =
            Component.reduced("notes", LINES, LINES, new Append.ToList<String>());
    private static final StateSpec<Notes> STATE = StateSpec.of(
            Notes.class, values -> new Notes(values.get(NOTES)), state -> new Object[] {state.notes()}, NOTES);

    private ThreadBytes() {}

    /**
     * What a thread takes.
     *
     * @param checkpoints the bytes of all values in its checkpoints
     * @param full how many of these have the whole state
     * @param log the bytes of the logs of its runs
     */
    record Bytes(long checkpoints, long full, long log) {
        private static Bytes of(Checkpointer store) {
            long checkpoints = 0;
            long full = 0;
            long[] log = {0};
            for (CheckpointRecord checkpoint : store.checkpoints(CheckpointQuery.of("t"))) {
                for (byte[] value : checkpoint.values().values()) {
                    checkpoints += value.length;
                }
                full += checkpoint.values().containsKey("saved") ? 1 : 0;
                if (checkpoint.source() == CheckpointSource.INPUT) {
                    String run = String.valueOf(checkpoint.runId());
                    store.scan("t", run, 0, entry -> log[0] += entry.bytes().length);
                }
            }
            return new Bytes(checkpoints, full, log[0]);
        }
    }

    public static void main(String[] arguments) {
        int most = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        System.out.println("       n  runs: checkpoints   full          log  one run: checkpoints          log");
        for (int n = 100; n <= most; n *= 10) {
            Bytes runs = ofRuns(n);
            Bytes one = ofSupersteps(n);
            System.out.printf(
                    Locale.ROOT,
                    "%8d %18d %6d %12d %21d %12d%n",
                    n,
                    runs.checkpoints,
                    runs.full,
                    runs.log,
                    one.checkpoints,
                    one.log);
        }
    }

    /** Of so many runs that append a line each. */
    static Bytes ofRuns(int n) {
        Checkpointer store = Checkpointer.inMemory();
        try (CompiledGraph<String, Integer, Notes> graph =
                runs().builder().checkpointer(store).build()) {
            for (int run = 0; run < n; run++) {
                graph.workflow().invoke(LINE, THREAD);
            }
        }
        return Bytes.of(store);
    }

    /** Of one run of so many supersteps that append a line each. */
    static Bytes ofSupersteps(int n) {
        Checkpointer store = Checkpointer.inMemory();
        try (CompiledGraph<String, Integer, Notes> graph =
                supersteps(n).builder().checkpointer(store).build()) {
            graph.workflow().invoke(LINE, THREAD.maxSupersteps(n));
        }
        return Bytes.of(store);
    }

    private static StateUpdate<Notes> line() {
        return STATE.changes().add(NOTES, List.of(LINE)).update();
    }

    /** A run appends what it is given. */
    private static GraphSpec<String, Integer, Notes> runs() {
        return GraphSpec.of("runs", STATE)
                .input(String.class, line -> line())
                .output(Integer.class, state -> state.notes().size())
                .node("nothing")
                .after(START)
                .leaf(in -> null)
                .build();
    }

    private enum Way {
        @To("write")
        AGAIN,
        @End
        DONE
    }

    private static GraphSpec<String, Integer, Notes> supersteps(int n) {
        return GraphSpec.of("supersteps", STATE)
                .input(String.class, line -> STATE.changes().update())
                .output(Integer.class, state -> state.notes().size())
                .node("write")
                .after(START)
                .routes(Way.class)
                .leaf(in -> line().goTo(in.state().notes().size() < n - 1 ? Way.AGAIN : Way.DONE))
                .build();
    }
}
