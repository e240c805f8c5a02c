package dev.clew.samples.expenses;

import dev.clew.flow.RunListener;
import dev.clew.state.StepKind;
import dev.clew.task.Failure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Prints of each task whether it ran in this process, or its result was replayed from the log. Thread-safe. */
final class Progress implements RunListener {
    private final Set<String> shown = new HashSet<>();

    @Override
    public void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
        String from =
                step.attempt() == 0 ? "  from the cache" : step.attempt() > 1 ? "  attempt " + step.attempt() : "";
        print("ran       ", step, from);
    }

    @Override
    public void stepReplayed(RunInfo run, StepInfo step) {
        print("replayed  ", step, "");
    }

    @Override
    public void stepRetried(RunInfo run, StepInfo step, Failure failure, Duration delay) {
        System.out.println(
                "failed    " + name(step) + "  " + failure.message() + "; next attempt in " + delay.toMillis() + " ms");
    }

    /** The body is replayed after every answer too; each task is printed once. */
    private synchronized void print(String how, StepInfo step, String more) {
        if (step.kind() == StepKind.TASK && shown.add(step.path())) {
            System.out.println(how + name(step) + more);
        }
    }

    private static String name(StepInfo step) {
        return step.path().replaceAll("\\w+:", "");
    }
}
