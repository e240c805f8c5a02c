package dev.clew.engine;

import dev.clew.flow.TaskSpec;
import dev.clew.value.TypeRef;
import java.time.Duration;

/** Durable timers as steps: they have an identity and a duration, and no body. */
final class Timers {
    private Timers() {}

    static TaskSpec<Void> spec(String name) {
        return TaskSpec.of(name, TypeRef.of(Void.class))
                .parameter("duration", TypeRef.of(Duration.class))
                .leaf(call -> {
                    throw new IllegalStateException("a timer has no body");
                });
    }
}
