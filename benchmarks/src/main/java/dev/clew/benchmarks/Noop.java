package dev.clew.benchmarks;

import dev.clew.annotations.Entrypoint;

/** A run that does nothing but say that it has started. */
public class Noop {
    @Entrypoint
    Long start(Long enqueuedAt) {
        StartTimes.note(enqueuedAt);
        return enqueuedAt;
    }
}
