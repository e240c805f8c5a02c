package dev.clew.engine.core;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** The sleeping steps of a run, the next one first. A timer counts only while a scope waits for it. */
final class DueSteps {
    private final PriorityQueue<Due> queue = new PriorityQueue<>(1);

    private record Due(long at, CoreStep step) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(at, other.at);
        }

        /** Its step may have ended, or have been given another moment, since. */
        boolean holds() {
            return step.phase() == StepPhase.DORMANT && step.due() == at && (!step.isTimer() || step.isAwaited());
        }
    }

    void add(CoreStep step) {
        if (step.queuesFor(step.due())) {
            queue.add(new Due(step.due(), step));
        }
    }

    /** A scope waits for a step; that matters if it is a timer that is open. */
    void addTimer(CoreStep step) {
        if (step.isTimer() && step.phase() == StepPhase.DORMANT) {
            add(step);
        }
    }

    /** When the next one is due, in microseconds; the greatest number if none is. */
    long next() {
        while (!queue.isEmpty() && !queue.peek().holds()) {
            Due gone = queue.remove();
            gone.step().unqueued(gone.at());
        }
        return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().at();
    }

    List<CoreStep> sleeping() {
        List<CoreStep> sleeping = new ArrayList<>();
        for (Due next : queue) {
            if (next.step().phase() == StepPhase.DORMANT) {
                sleeping.add(next.step());
            }
        }
        return sleeping;
    }
}
