package dev.clew.graph.random;

import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What nodes of a random graph do beside their work, all of it given by a seed; and what they must not do, written down. */
final class Disturbance implements Conditions {
    private static final InterruptKey<String, Integer> QUESTION =
            InterruptKey.of("question", String.class, Integer.class);

    private final long seed;
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> recorded = new HashSet<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    Disturbance(long seed) {
        this.seed = seed;
    }

    private int chance(int bound, Object... of) {
        int hash = Objects.hash(seed, Objects.hash(of)) * 0x9E3779B9;
        return Math.floorMod(hash ^ hash >>> 15, bound);
    }

    @Override
    public boolean asks(String place, int node) {
        return chance(5, "asks", place, node) == 0;
    }

    @Override
    public void ask(String execution, Run run) {
        int answer = run.interrupt(QUESTION, execution);
        if (answer != answer(execution)) {
            faults.add("the answer " + answer + " to " + execution);
        }
    }

    /** What a question is answered with. */
    static int answer(Object question) {
        return question.hashCode();
    }

    /** Fails, once or twice, or does the work. */
    @Override
    public <T> T execute(String execution, TaskContext context, Callable<T> work) throws Exception {
        synchronized (failures) {
            if (recorded.contains(context.stepId())) {
                faults.add("what is recorded runs again: " + context.stepId());
            }
            int most = chance(6, "fails", execution) == 0 ? 1 + chance(2, execution) : 0;
            if (failures.getOrDefault(execution, 0) < most) {
                failures.merge(execution, 1, Integer::sum);
                throw new IllegalStateException("fails at first");
            }
        }
        return work.call();
    }

    /** How often nodes have failed. */
    int failures() {
        synchronized (failures) {
            return failures.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** What a new process finds recorded must not run again. */
    void found(ThreadState<?> state) {
        synchronized (failures) {
            for (StepState step : state.steps()) {
                if (step.status() == StepState.Status.SUCCEEDED) {
                    recorded.add(state.threadId() + "/" + state.runId() + "/" + step.path());
                }
            }
        }
    }

    /** What nodes saw or did that must not be. */
    Queue<String> faults() {
        return faults;
    }
}
