package dev.clew.graph.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Durability;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.NodeResult;
import dev.clew.graph.StateSnapshot;
import dev.clew.graph.random.Behaviour.State;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Runs a random graph to its end on the engine, in one process after the other. */
final class EngineRun implements AutoCloseable {
    private static final String THREAD = "t";
    private static final int MOST_CALLS = 2_000;
    private static final long SECONDS = 20;

    private final Checkpointer store = Checkpointer.inMemory();
    private final Disturbance disturbance;
    private final GraphSpec<String, State, State> spec;
    private final RunConfig config;
    private final Random random;
    private final List<String> story = new ArrayList<>();
    private Process process;
    private int deaths;
    private int writes;

    /** The graph whose due nodes are filled by hand now and then; null if none is. */
    private Shape edited;

    private int edits;

    /** What was called for, and what came of it. */
    private enum Came {
        PAUSE,
        FAILURE,
        DEATH,
        END
    }

    private record Process(RandomGraph graph, DyingStore store) {}

    EngineRun(Shape shape, long seed, Durability durability) {
        this.random = new Random(seed);
        this.disturbance = new Disturbance(seed);
        this.spec = EngineGraph.of(shape, disturbance);
        this.config = RunConfig.thread(THREAD).durability(durability).maxSupersteps(Ending.SUPERSTEPS);
    }

    /** Fills due nodes by hand now and then, at any depth, with what they would have given. */
    EngineRun edited(Shape shape) {
        edited = shape;
        return this;
    }

    /** How often nodes were filled by hand. */
    int edits() {
        return edits;
    }

    /** How many writes all processes have made. */
    int writes() {
        return writes + process.store().writes();
    }

    /** What happened, for the message of a failure. */
    List<String> story() {
        return story;
    }

    private void open(int deathAt) {
        DyingStore view = new DyingStore(store, deathAt, random.nextBoolean());
        process = new Process(RandomGraph.open(spec, view), view);
        story.add("a process" + (deathAt == DyingStore.NEVER ? "" : " that dies in write " + deathAt));
        disturbance.found(workflow().state(THREAD));
    }

    private GraphWorkflow<String, State, State> workflow() {
        return process.graph().workflow();
    }

    /** Runs the graph; the first processes die in the writes of these numbers. */
    void run(List<Integer> deathsAt) throws Exception {
        open(deathsAt.isEmpty() ? DyingStore.NEVER : deathsAt.get(0));
        Came came = Came.PAUSE;
        for (int calls = 0; came != Came.END; calls++) {
            assertThat(calls).as("calls").isLessThan(MOST_CALLS);
            int failures = disturbance.failures();
            ThreadState<State> state = workflow().state(THREAD);
            if (edits > 0 && state.status() == ThreadStatus.IDLE) {
                return; // The last due node was filled.
            }
            came = call(state);
            story.add(state.status() + " " + state.steps().size() + " steps -> " + came);
            if (edited != null && (came == Came.PAUSE || came == Came.FAILURE) && random.nextInt(2) == 0) {
                came = edit(came);
            }
            if (came == Came.DEATH) {
                process.graph().crash();
                writes += process.store().writes();
                deaths++;
                open(deaths < deathsAt.size() ? deathsAt.get(deaths) : DyingStore.NEVER);
            } else if (came == Came.FAILURE && isFinal(state, failures)) {
                return;
            } else if (came == Came.PAUSE && random.nextInt(3) == 0) {
                reopen();
            }
        }
    }

    /** A node that could be filled: its name from outside, and what it would give. */
    private record Fill(String id, NodeResult<State> result) {}

    private Came edit(Came before) {
        List<Fill> fills = new ArrayList<>();
        fills(edited, "", workflow().snapshot(THREAD), fills);
        if (fills.isEmpty()) {
            return before;
        }
        Fill fill = fills.get(random.nextInt(fills.size()));
        story.add("fills " + fill.id());
        try {
            workflow().updateState(RunConfig.thread(THREAD), fill.result(), NodeRef.of(fill.id()));
        } catch (RuntimeException refused) {
            if (!process.store().death().isDone()) {
                throw refused;
            }
            edits++; // It may be stored.
            return Came.DEATH;
        }
        edits++;
        disturbance.found(workflow().state(THREAD));
        return Came.PAUSE;
    }

    private static void fills(Shape shape, String place, StateSnapshot<?> now, List<Fill> fills) {
        for (StateSnapshot.Task task : now.tasks()) {
            int number = Integer.parseInt(task.node().substring(1));
            if (task.status() == StateSnapshot.Status.SUCCEEDED) {
                continue;
            }
            Shape child = shape.vertices().get(number).child();
            if (child != null) {
                task.child().ifPresent(inner -> fills(child, place + task.node() + "/", inner, fills));
            } else if (!shape.isSentTo(number)) {
                fills.add(
                        new Fill(place + task.node(), EngineGraph.outcome(shape, place, number, (State) now.values())));
            }
        }
    }

    /** A failed run that was continued has failed again, and not because a node failed at first. */
    private boolean isFinal(ThreadState<State> before, int failures) {
        return before.status() == ThreadStatus.FAILED && failures == disturbance.failures();
    }

    /** A process ends well, and another one begins. */
    private void reopen() {
        process.graph().close();
        writes += process.store().writes();
        open(DyingStore.NEVER);
    }

    private Came call(ThreadState<State> state) throws Exception {
        CompletableFuture<? extends RunResult<?>> result;
        try {
            result = begun(state);
        } catch (RuntimeException refused) {
            if (process.store().death().isDone()) {
                return Came.DEATH;
            }
            throw refused;
        }
        try {
            CompletableFuture.anyOf(result, process.store().death()).get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (!process.store().death().isDone() && !isExpected(failed.getCause())) {
                throw failed;
            }
        } catch (TimeoutException hangs) {
            throw new AssertionError("hangs: " + state, hangs);
        }
        if (process.store().death().isDone()) {
            return Came.DEATH;
        }
        if (result.isCompletedExceptionally()) {
            return Came.FAILURE;
        }
        return result.join() instanceof RunResult.Completed ? Came.END : Came.PAUSE;
    }

    private static boolean isExpected(Throwable failure) {
        return failure instanceof WorkflowFailedException || failure instanceof ThreadStuckException;
    }

    private CompletableFuture<? extends RunResult<?>> begun(ThreadState<State> state) {
        if (state.runId() == null) {
            return workflow()
                    .invokeAsync(
                            EngineGraph.BEGIN.log().get(0),
                            config.pauseBefore(breakpoints()).pauseAfter(breakpoints()));
        }
        return switch (state.status()) {
            case IDLE -> CompletableFuture.completedFuture(new RunResult.Completed<>("", THREAD, ""));
            case INTERRUPTED -> workflow().invokeAsync(passed(state.pending()), config);
            case CRASHED, ANSWERED -> random.nextBoolean() ? recovered() : proceeded();
            case FAILED, STUCK -> proceeded();
            default -> throw new AssertionError("the thread is " + state);
        };
    }

    private CompletableFuture<RunResult<State>> proceeded() {
        return workflow().invokeAsync(Command.proceed(), config);
    }

    private CompletableFuture<RunResult<?>> recovered() {
        return process.graph()
                .recover()
                .run(THREAD)
                .orElseThrow(() -> new AssertionError("recover() does not find the run"))
                .result();
    }

    /** Some of the pending questions are answered, in any order; where there are none, breakpoints are passed. */
    private Command passed(List<PendingInterrupt<?, ?>> pending) {
        if (pending.isEmpty()) {
            return Command.proceed();
        }
        List<PendingInterrupt<?, ?>> some = new ArrayList<>(pending);
        Collections.shuffle(some, random);
        Map<String, Object> answers = new HashMap<>();
        some.subList(0, 1 + random.nextInt(some.size()))
                .forEach(question -> answers.put(question.id(), Disturbance.answer(question.value())));
        return Command.resumeAll(answers);
    }

    private NodeRef[] breakpoints() {
        return spec.topology().nodes().stream()
                .filter(node -> random.nextInt(8) == 0)
                .map(node -> NodeRef.of(node.name()))
                .toArray(NodeRef[]::new);
    }

    /** Compares what a new process reads with what the reference came to. */
    void compare(Ending expected) {
        reopen();
        assertThat(disturbance.faults()).as("faults").isEmpty();
        if (edits > 0) {
            assertThat(workflow().state(THREAD).status()).isEqualTo(ThreadStatus.IDLE);
            assertThat(workflow().snapshot(THREAD).values()).isEqualTo(expected.state());
            return;
        }
        boolean isOver = expected.how().equals("END");
        assertThat(workflow().state(THREAD).status()).isEqualTo(isOver ? ThreadStatus.IDLE : ThreadStatus.FAILED);
        List<State> states;
        try (Stream<StateSnapshot<State>> snapshots = workflow().snapshots(THREAD)) {
            states = new ArrayList<>(snapshots.map(StateSnapshot::values).toList());
        }
        Collections.reverse(states);
        assertThat(states).as("states").isEqualTo(expected.states());
        StateSnapshot<State> last = workflow().snapshot(THREAD);
        assertThat(last.values()).isEqualTo(expected.state());
        assertThat(last.superstep()).isEqualTo(expected.states().size() - 1);
        assertThat(last.waitingJoins().stream().map(EngineRun::text).toList())
                .as("waiting joins")
                .isEqualTo(expected.waiting());
    }

    /** As the reference writes it. */
    private static String text(StateSnapshot.WaitingJoin join) {
        return join.node() + new TreeSet<>(numbers(join.arrived()));
    }

    private static List<Integer> numbers(List<String> names) {
        return names.stream().map(name -> Integer.valueOf(name.substring(1))).toList();
    }

    @Override
    public void close() {
        process.graph().close();
    }
}
