package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.SharedResources;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.LogCapture;
import dev.clew.flow.Durability;
import dev.clew.stream.RunTap;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tap hears what all runs of a graph tell, and cannot harm them. */
@Timeout(60)
public abstract class TapSuite extends StreamFixture {
    private static final Lab.Body THREE_STEPS = (input, calls, run) -> {
        String a = calls.task("a", input, s -> s + "a").join();
        String b = calls.task("b", a, s -> s + "b").join();
        run.emit("not in the log");
        return calls.task("c", b, s -> s + "c").join();
    };

    /** Hears what it wants, in the order in which it is told. */
    private static final class Heard implements RunTap.Ear {
        private final List<StreamEvent> events = Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<Void> rested = new CompletableFuture<>();

        @Override
        public boolean wants(StreamMode mode) {
            return mode == StreamMode.UPDATES || mode == StreamMode.CUSTOM;
        }

        @Override
        public void heard(StreamEvent event) {
            events.add(event);
        }

        @Override
        public void rested() {
            rested.complete(null);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTapHearsARunFromItsBeginningUntilItIsStored(Durability durability) throws Exception {
        Lab lab = lab(durability).body(THREE_STEPS);
        Heard heard = new Heard();

        try (AutoCloseable tapped = lab.graph().tap((workflow, thread, run) -> heard)) {
            assertThat(tapped).isNotNull();
            lab.workflow().invoke("x", T);
            heard.rested.get(20, TimeUnit.SECONDS);
        }
        lab.workflow().invoke("y", OTHER);

        assertThat(brief(List.copyOf(heard.events)))
                .containsExactly(
                        "update task:a#1 = xa",
                        "update task:b#1 = xab",
                        "custom run = not in the log",
                        "update task:c#1 = xabc",
                        "update run = xabc");
    }

    @Test
    @ResourceLock(SharedResources.LOG)
    void aTapThatThrowsFailsNoRun() throws Exception {
        Lab lab = lab(Durability.SYNC).body(THREE_STEPS);
        RunTap.Ear broken = new RunTap.Ear() {
            @Override
            public boolean wants(StreamMode mode) {
                return true;
            }

            @Override
            public void heard(StreamEvent event) {
                throw new IllegalStateException("a broken tap");
            }

            @Override
            public void rested() {
                throw new IllegalStateException("a broken tap");
            }
        };

        try (LogCapture log = new LogCapture();
                AutoCloseable first = lab.graph().tap((workflow, thread, run) -> broken);
                AutoCloseable second = lab.graph().tap((workflow, thread, run) -> {
                    throw new IllegalStateException("a tap that does not begin");
                })) {
            assertThat(lab.workflow().invoke("x", T).value()).isEqualTo("xabc");
            assertThat(List.of(first, second)).doesNotContainNull();
            assertThat(log.count("a tap")).isGreaterThanOrEqualTo(2);
        }
    }
}
