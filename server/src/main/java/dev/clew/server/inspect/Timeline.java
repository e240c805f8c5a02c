package dev.clew.server.inspect;

import dev.clew.server.json.Json;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.state.TracedStep;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many steps were open, ended and failed, in equal pieces of a run's time: of a long run all of it fits on a screen.
 *
 * @param now the end of what is open
 */
record Timeline(TraceTree tree, Instant now) {
    ObjectNode buckets(int count) {
        Instant from = from();
        ThreadStatus status = tree.trace().status();
        boolean over = status.isOver() || status == ThreadStatus.FAILED;
        Instant last = tree.end().isBefore(from) ? from : tree.end();
        Instant end = over || last.isAfter(now) ? last : now;
        Buckets buckets =
                new Buckets(count, from, Math.max(1, Duration.between(from, end).toNanos()));
        tree.all().forEach(node -> {
            // What is inside of a step is counted instead of it.
            if (node.children.isEmpty() && !tree.isKept(node.step)) {
                buckets.add(node.step, end);
            }
        });
        ObjectNode timeline = Json.object();
        timeline.set("from", Json.time(from));
        timeline.set("to", Json.time(end));
        timeline.put("is_over", over);
        timeline.set("buckets", buckets.json());
        return timeline;
    }

    /** A fork begins when it was made: what it took over may be of long ago. */
    private Instant from() {
        TraceTree.Origin origin = tree.origin();
        if (origin != null) {
            return origin.at();
        }
        return tree.trace().steps().stream()
                .map(TracedStep::since)
                .min(Instant::compareTo)
                .filter(first -> first.isBefore(tree.trace().startedAt()))
                .orElse(tree.trace().startedAt());
    }

    /** Equal pieces of time, with what happened in each. */
    private static final class Buckets {
        private final Instant from;
        private final long nanos;
        private final int[] ended;
        private final int[] failed;

        /** A step adds one where it begins and takes it away behind its end; sums of these are the open ones. */
        private final int[] changes;

        Buckets(int count, Instant from, long nanos) {
            this.from = from;
            this.nanos = nanos;
            this.ended = new int[count];
            this.failed = new int[count];
            this.changes = new int[count + 1];
        }

        void add(TracedStep step, Instant now) {
            int last = place(step.state().endedAt().orElse(now));
            changes[place(step.since())]++;
            changes[last + 1]--;
            if (step.state().endedAt().isPresent()) {
                ended[last]++;
            }
            failed[last] += step.state().status() == StepState.Status.FAILED ? 1 : 0;
            step.tries().stream()
                    .filter(each -> each.nextAt() != null)
                    .forEach(each -> failed[place(each.endedAt())]++);
        }

        private int place(Instant at) {
            double part = (double) Duration.between(from, at).toNanos() / nanos;
            return Math.max(0, Math.min(ended.length - 1, (int) (part * ended.length)));
        }

        ArrayNode json() {
            ArrayNode all = Json.array();
            int open = 0;
            for (int i = 0; i < ended.length; i++) {
                open += changes[i];
                all.add(Json.object().put("open", open).put("ended", ended[i]).put("failed", failed[i]));
            }
            return all;
        }
    }
}
