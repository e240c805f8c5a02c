package dev.clew.graph;

import static java.util.stream.Collectors.joining;

import dev.clew.graph.fold.Folded;
import dev.clew.graph.plan.Plan;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what a run does without an error, though its author hardly meant it. Once: a replay plans nothing. */
final class RunWarnings {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private RunWarnings() {}

    /** Logs what a superstep that was just folded dropped, and the joins that the run leaves behind if it ends here. */
    static void planned(String what, Folded folded, Plan next) {
        if (folded instanceof Folded.Committed committed) {
            committed.dropped().forEach(dropped -> dropped(what, dropped));
        }
        if (next.isEnd() && !next.arrivals().isEmpty()) {
            LOG.warn(
                    "{} ended the run, and {}; write afterAny if one is enough, or let every way come past all of them",
                    what,
                    next.arrivals().stream()
                            .map(join -> "'" + join.join() + "' still waits: only " + names(join.members()) + " came")
                            .collect(joining(", and ")));
        }
    }

    private static void dropped(String what, Folded.Dropped dropped) {
        LOG.warn(
                "{}: '{}' was replaced by '{}', so what {} wrote to it in the same superstep is dropped",
                what,
                dropped.component(),
                dropped.replacedBy(),
                names(dropped.writers()));
    }

    private static String names(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(joining(" and "));
    }
}
