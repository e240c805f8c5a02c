package dev.clew.samples.threads;

import dev.clew.Operator;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.LoggedStep;
import dev.clew.flow.StepKind;
import dev.clew.flow.StepState;
import dev.clew.flow.ThreadState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A thread's task log as a tree of lines. */
final class LogTree {
    private static final int WIDEST_RESULT = 60;

    private LogTree() {}

    static List<String> lines(Operator operator, ThreadRecord thread) {
        ThreadState<?> state = operator.state(thread.threadId());
        List<LoggedStep> steps = operator.log(thread.threadId());
        List<String> lines = new ArrayList<>();
        lines.add(thread.threadId() + "  " + thread.workflow() + "  " + Plain.word(state.status())
                + (state.runId() == null ? "" : "  run " + state.runId()));
        for (int i = 0; i < steps.size(); i++) {
            lines.add(branches(steps, i) + line(steps.get(i)));
        }
        if (state.failure() != null) {
            lines.add("failed: " + state.failure().message());
        }
        if (state.blockedBy() != null) {
            lines.add("blocked: " + state.blockedBy());
        }
        if (state.wakeAt() != null) {
            lines.add("goes on at " + Times.moment(state.wakeAt()));
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
        if (!step.took().isZero()) {
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
            line.append("  ").append(state.failure().message());
        } else if (state.status() == StepState.Status.SUCCEEDED && state.kind() != StepKind.TIMER) {
            line.append("  = ").append(Plain.brief(step.result(), WIDEST_RESULT));
        }
        if (state.deadline() != null) {
            line.append("  due ").append(Times.moment(state.deadline()));
        }
        return line.toString();
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

    private static String branches(List<LoggedStep> steps, int at) {
        StringBuilder branches = new StringBuilder();
        int depth = steps.get(at).depth();
        for (int level = 0; level < depth; level++) {
            branches.append(goesOn(steps, at, level) ? "│  " : "   ");
        }
        return branches.append(goesOn(steps, at, depth) ? "├─ " : "└─ ").toString();
    }

    /** Whether another step of this depth follows in the same scope. */
    private static boolean goesOn(List<LoggedStep> steps, int at, int depth) {
        for (LoggedStep later : steps.subList(at + 1, steps.size())) {
            if (later.depth() <= depth) {
                return later.depth() == depth;
            }
        }
        return false;
    }
}
