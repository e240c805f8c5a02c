package dev.clew.samples.threads;

import dev.clew.Operator;
import dev.clew.flow.RunConfig;
import dev.clew.state.LoggedStep;
import dev.clew.state.StepKind;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadSummary;
import dev.clew.task.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** A thread's task log as a tree of lines. */
final class LogTree {
    private static final int WIDEST_RESULT = 60;

    private LogTree() {}

    static List<String> lines(Operator operator, ThreadSummary thread) {
        return lines(operator, thread, RunConfig.thread(thread.threadId()));
    }

    /** The run that the configuration names by a checkpoint, else the thread's newest one. */
    static List<String> lines(Operator operator, ThreadSummary thread, RunConfig config) {
        ThreadState<?> state = operator.state(config);
        List<LoggedStep> steps = operator.log(config);
        List<String> branches = branches(steps);
        List<String> lines = new ArrayList<>();
        lines.add(thread.threadId() + "  " + thread.workflow() + "  " + Plain.word(state.status())
                + (state.runId() == null ? "" : "  run " + state.runId()));
        for (int i = 0; i < steps.size(); i++) {
            lines.add(branches.get(i) + line(steps.get(i)));
        }
        if (state.failure() != null) {
            lines.add("failed: " + failure(state.failure()));
        }
        if (state.blockedBy() != null) {
            lines.add("blocked: " + state.blockedBy());
        }
        if (state.wakeAt() != null) {
            lines.add("continues at " + Times.moment(state.wakeAt()));
        }
        if (state.value() != null) {
            lines.add("value: " + Plain.brief(state.value(), 2 * WIDEST_RESULT));
        }
        return lines;
    }

    /** One step: a sign, its name, when it was recorded, how long it was open, and what came of it. */
    static String line(LoggedStep step) {
        StepState state = step.state();
        StringBuilder line = new StringBuilder(sign(state))
                .append(' ')
                .append(name(state))
                .append("  ")
                .append(Times.clock(state.at()));
        if (step.took().toMillis() > 0) {
            line.append(" after ").append(Times.length(step.took()));
        }
        if (state.attempts() > 1) {
            line.append("  ").append(state.attempts()).append(" attempts");
        }
        if (state.cached()) {
            line.append("  cached");
        }
        if (step.question() != null) {
            line.append("  asks ").append(Plain.brief(step.question(), WIDEST_RESULT));
        }
        if (state.failure() != null) {
            line.append("  ").append(failure(state.failure()));
        } else if (state.status() == StepState.Status.SUCCEEDED && state.kind() != StepKind.TIMER) {
            line.append("  = ").append(Plain.brief(step.result(), WIDEST_RESULT));
        }
        if (state.deadline() != null) {
            line.append("  due ").append(Times.moment(state.deadline()));
        }
        return line.toString();
    }

    /** The class of what was thrown, without its package, and its message. */
    static String failure(Failure failure) {
        String type = failure.type();
        return type.substring(type.lastIndexOf('.') + 1) + ": " + failure.message();
    }

    /** The step's name, with a number where its scope called several of that name. */
    static String name(StepState state) {
        String segment = state.path().substring(state.path().lastIndexOf('/') + 1);
        return segment.endsWith("#1") ? state.name() : state.name() + segment.substring(segment.lastIndexOf('#'));
    }

    /** Whether it is a timer whose time has come: the log says so only where the timer was in a race. */
    static boolean elapsed(StepState state) {
        return state.kind() == StepKind.TIMER
                && state.status() == StepState.Status.PENDING
                && state.deadline() != null
                && !state.deadline().isAfter(Instant.now());
    }

    private static String sign(StepState state) {
        if (elapsed(state)) {
            return "✓";
        }
        return switch (state.status()) {
            case SUCCEEDED -> "✓";
            case FAILED -> "✗";
            case CANCELLED, WITHDRAWN -> "⊘";
            case RETRYING -> "↻";
            case PENDING -> state.kind() == StepKind.ASK ? "?" : "…";
        };
    }

    /**
     * The lines that join each step to its scope. Read from the last step to the first, so that each step is looked at
     * once: {@code open} has the depths at which another step of the same scope follows.
     */
    private static List<String> branches(List<LoggedStep> steps) {
        BitSet open = new BitSet();
        List<String> branches = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            int depth = steps.get(i).depth();
            StringBuilder branch = new StringBuilder();
            for (int level = 0; level < depth; level++) {
                branch.append(open.get(level) ? "│  " : "   ");
            }
            branches.add(branch.append(open.get(depth) ? "├─ " : "└─ ").toString());
            open.clear(depth + 1, Math.max(depth + 1, open.length()));
            open.set(depth);
        }
        Collections.reverse(branches);
        return branches;
    }
}
