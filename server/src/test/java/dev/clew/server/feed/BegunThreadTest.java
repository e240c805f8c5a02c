package dev.clew.server.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.server.fixture.Fixtures;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A thread that is read in the moment in which its first run begins. */
final class BegunThreadTest {
    private static final AtomicInteger MISSED = new AtomicInteger();

    /** A store that does not have a thread yet at the first look. */
    private static Checkpointer late(Checkpointer store) {
        MISSED.set(0);
        return (Checkpointer) Proxy.newProxyInstance(
                BegunThreadTest.class.getClassLoader(), new Class<?>[] {Checkpointer.class}, (proxy, method, given) -> {
                    if (method.getName().equals("thread") && MISSED.getAndIncrement() == 0) {
                        return Optional.<ThreadRecord>empty();
                    }
                    try {
                        return method.invoke(store, given);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Test
    void isReadAsTheOneThatItBecame() {
        Checkpointer store = Checkpointer.inMemory();
        try (Fixtures flows = Fixtures.open(builder -> builder.checkpointer(store))) {
            @SuppressWarnings("unchecked")
            Workflow<String, String> plain =
                    (Workflow<String, String>) requireNonNull(flows.workflows().get("plain"));
            plain.invoke("x", RunConfig.thread("t"));
        }
        try (Operator operator = Operator.of(late(store))) {
            assertThat(operator.history("t")).isNotEmpty();
            assertThat(MISSED.get()).isGreaterThan(1);
        }
        try (Operator operator = Operator.of(late(store))) {
            assertThat(operator.state("t").runId()).isNotNull();
            assertThat(MISSED.get()).isGreaterThan(1);
        }
    }
}
