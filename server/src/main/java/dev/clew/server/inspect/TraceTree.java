package dev.clew.server.inspect;

import dev.clew.state.RunTrace;
import dev.clew.state.StepState;
import dev.clew.state.TracedStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of a run as a tree, with what is to be said of all that is below each. Immutable once it is made. */
final class TraceTree {
    /** The worst first: what a person who looks at a run wants to see. */
    private static final List<StepState.Status> WORST = List.of(
            StepState.Status.FAILED,
            StepState.Status.RETRYING,
            StepState.Status.PENDING,
            StepState.Status.WITHDRAWN,
            StepState.Status.CANCELLED,
            StepState.Status.SUCCEEDED);

    private final RunTrace trace;
    private final @Nullable Origin origin;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<StepState.Status, Integer> counts = new EnumMap<>(StepState.Status.class);
    private final List<Node> roots = new ArrayList<>();

    /**
     * Where a forked run comes from.
     *
     * @param runId null if that run is gone
     * @param at when it was forked; what is older was taken over
     */
    record Origin(@Nullable String checkpointId, @Nullable String runId, Instant at) {}

    /** A step with what is below it. */
    static final class Node {
        final TracedStep step;
        final int index;
        final List<Node> children = new ArrayList<>();
        int descendants;

        /** Its place among the steps of its scope. */
        int place;

        StepState.Status worst;

        /** Whether it or something below it ran more than once. */
        boolean again;

        Node(TracedStep step, int index) {
            this.step = step;
            this.index = index;
            this.worst = step.state().status();
            this.again = !step.reruns().isEmpty();
        }

        String path() {
            return step.state().path();
        }
    }

    TraceTree(RunTrace trace, @Nullable Origin origin) {
        this.trace = trace;
        this.origin = origin;
        for (TracedStep step : trace.steps()) {
            Node node = new Node(step, nodes.size());
            nodes.put(step.state().path(), node);
            counts.merge(step.state().status(), 1, Integer::sum);
        }
        // Scopes stand before what they called, so in reverse each is complete when it is added to its own.
        List<Node> all = new ArrayList<>(nodes.values());
        for (Node node : all) {
            Node parent = nodes.get(parent(node.path()));
            List<Node> siblings = parent == null ? roots : parent.children;
            node.place = siblings.size();
            siblings.add(node);
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            Node node = all.get(i);
            Node parent = nodes.get(parent(node.path()));
            if (parent != null) {
                parent.descendants += node.descendants + 1;
                parent.worst = worse(parent.worst, node.worst);
                parent.again |= node.again;
            }
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static StepState.Status worse(StepState.Status one, StepState.Status other) {
        return rank(one) <= rank(other) ? one : other;
    }

    /** A status that came later than this list is no worse than what goes on. */
    private static int rank(StepState.Status status) {
        int rank = WORST.indexOf(status);
        return rank < 0 ? WORST.indexOf(StepState.Status.PENDING) : rank;
    }

    RunTrace trace() {
        return trace;
    }

    @Nullable
    Origin origin() {
        return origin;
    }

    int size() {
        return nodes.size();
    }

    Map<StepState.Status, Integer> counts() {
        return counts;
    }

    /** The steps of a scope, in the order of their calls. With an empty path, those of the run's body. */
    List<Node> children(String path) {
        Node parent = nodes.get(path);
        return path.isEmpty() ? roots : parent == null ? List.of() : parent.children;
    }

    Optional<Node> find(String path) {
        return Optional.ofNullable(nodes.get(path));
    }

    /** All steps, scopes before what they called. */
    Iterable<Node> all() {
        return nodes.values();
    }

    /** Whether a step was taken over from the run that this one was forked from. */
    boolean isKept(TracedStep step) {
        return origin != null
                && !step.state().at().isAfter(origin.at())
                && step.since().isBefore(origin.at());
    }

    /** When the last thing of the run happened that is known; its beginning if there was none. */
    Instant end() {
        return trace.steps().stream()
                .map(step -> step.state().at())
                .max(Comparator.naturalOrder())
                .filter(at -> at.isAfter(trace.startedAt()))
                .orElse(trace.startedAt());
    }
}
