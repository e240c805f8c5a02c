package dev.clew.samples.digest;

import dev.clew.flow.RunListener;
import dev.clew.flow.StepKind;
import dev.clew.samples.digest.DigestFlow.Section;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Prints one line for every task of a run: whether it ran in this process or its result was in the log. Thread-safe. */
public final class Progress implements RunListener {
    private static final String CONDENSE = "condense#";

    private final PrintStream out;
    private final Set<String> told = new HashSet<>();
    private List<Section> sections = List.of();
    private int condensed;

    Progress(PrintStream out) {
        this.out = out;
    }

    /** Tells what is about to be condensed. */
    synchronized void sections(List<Section> all) {
        sections = all;
    }

    @Override
    public void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
        tell("ran", step);
    }

    @Override
    public void stepReplayed(RunInfo run, StepInfo step) {
        tell("replayed", step);
    }

    /** The body is replayed after every answer too; what this process has told, it does not tell again. */
    private synchronized void tell(String what, StepInfo step) {
        if (step.kind() == StepKind.TASK && told.add(step.path())) {
            String task = step.path().substring(step.path().indexOf(':') + 1);
            out.println((what + "         ").substring(0, 10) + task + about(task));
        }
    }

    private String about(String task) {
        if (!task.startsWith(CONDENSE)) {
            return "";
        }
        Section section = sections.get(Integer.parseInt(task.substring(CONDENSE.length())) - 1);
        condensed++;
        return "  " + section.title() + "  (" + condensed + " of " + sections.size() + ")";
    }
}
