package dev.clew.samples.digest;

import dev.clew.flow.RunListener;
import dev.clew.samples.digest.DigestFlow.Section;
import dev.clew.state.StepKind;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Prints one line for every task that ran in this process, and one for all those whose results were in the log.
 * Thread-safe.
 */
public final class Progress implements RunListener {
    private static final String CONDENSE = "condense#";

    private final PrintStream out;
    private final Set<String> shown = new HashSet<>();
    private List<Section> sections = List.of();
    private int condensed;
    private int replayed;

    Progress(PrintStream out) {
        this.out = out;
    }

    /** Takes the sections that are about to be condensed. */
    synchronized void sections(List<Section> all) {
        sections = all;
    }

    @Override
    public synchronized void stepSucceeded(RunInfo run, StepInfo step, Duration took) {
        if (isNew(step)) {
            String task = step.path().substring(step.path().indexOf(':') + 1);
            String about = about(task);
            showReplayed();
            out.println("ran       " + task + about);
        }
    }

    @Override
    public synchronized void stepReplayed(RunInfo run, StepInfo step) {
        if (isNew(step)) {
            replayed++;
            about(step.path().substring(step.path().indexOf(':') + 1));
        }
    }

    /** Prints how many results came from the log since this was printed last. */
    synchronized void showReplayed() {
        if (replayed > 0) {
            out.println("replayed  " + replayed + (replayed == 1 ? " task" : " tasks") + " that had finished before");
            replayed = 0;
        }
    }

    /** The body is replayed after every answer too; each task is printed once. */
    private boolean isNew(StepInfo step) {
        return step.kind() == StepKind.TASK && shown.add(step.path());
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
