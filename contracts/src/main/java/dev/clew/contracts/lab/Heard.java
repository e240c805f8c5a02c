package dev.clew.contracts.lab;

import dev.clew.flow.RunListener;
import dev.clew.task.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener was told of steps: {@code "started compose 1"}. */
public final class Heard implements RunListener {
    private final List<String> words = new CopyOnWriteArrayList<>();

    public List<String> words() {
        return words;
    }

    @Override
    public void stepStarted(RunInfo run, StepInfo step) {
        words.add("started " + step.name() + " " + step.attempt());
    }

    @Override
    public void stepReplayed(RunInfo run, StepInfo step) {
        words.add("replayed " + step.name());
    }

    @Override
    public void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
        words.add(step.attempt() == 0 && took.isZero() ? "cached " + step.name() : "succeeded " + step.name());
    }

    @Override
    public void stepFailed(RunInfo run, StepInfo step, Failure failure) {
        words.add("failed " + step.name());
    }
}
