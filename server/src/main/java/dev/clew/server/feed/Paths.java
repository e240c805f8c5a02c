package dev.clew.server.feed;

import dev.clew.server.catalog.NameUuid;
import dev.clew.state.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the path of a step says: {@code child:Inner.run#1/task:look#2}. */
public final class Paths {
    private Paths() {}

    /** The kind of the step at a path. */
    public static StepKind kind(String path) {
        return StepKind.valueOf(
                word(segments(path).get(segments(path).size() - 1)).toUpperCase(Locale.ROOT));
    }

    /**
     * In which child workflows and inner graphs a step is, from the outermost on: {@code name:id} of each. Empty for steps of
     * the run's own body.
     */
    public static List<String> namespace(String threadId, String runId, String path) {
        List<String> found = new ArrayList<>();
        List<String> segments = segments(path);
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i + 1 < segments.size(); i++) {
            String segment = segments.get(i);
            prefix.append(i == 0 ? "" : "/").append(segment);
            boolean child = word(segment).equals("child");
            boolean graph =
                    word(segment).equals("node") && word(segments.get(i + 1)).equals("node");
            if (child || graph) {
                found.add(name(segment) + ":" + NameUuid.ofStep(threadId, runId, prefix.toString()));
            }
        }
        return found;
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    private static String word(String segment) {
        return segment.substring(0, Math.max(0, segment.indexOf(':')));
    }

    private static String name(String segment) {
        return segment.substring(segment.indexOf(':') + 1, segment.lastIndexOf('#'))
                .replace("%2F", "/")
                .replace("%23", "#")
                .replace("%3A", ":")
                .replace("%25", "%");
    }
}
