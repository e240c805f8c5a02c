package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.Run;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.task.RetryPolicy;
import dev.clew.value.TypeRef;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A pause cannot be swallowed: however the code around a question ends, the question is asked and answered. */
@Tag("B125")
public abstract class SuspensionSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    private static final Map<String, Lab.Body> SWALLOWERS = Map.of(
            "catch Exception",
                    (input, calls, run) -> {
                        try {
                            return run.interrupt(NAME, "who?");
                        } catch (Exception swallowed) {
                            return "swallowed";
                        }
                    },
            "catch Throwable",
                    (input, calls, run) -> {
                        try {
                            return run.interrupt(NAME, "who?");
                        } catch (Throwable swallowed) {
                            return "swallowed";
                        }
                    },
            "wrapping",
                    (input, calls, run) -> {
                        try {
                            return run.interrupt(NAME, "who?");
                        } catch (Throwable wrapped) {
                            throw new IllegalStateException("wrapped", wrapped);
                        }
                    },
            "finally return", SuspensionSuite::finallyReturn,
            "swallowed join",
                    (input, calls, run) -> {
                        var asking = calls.scope("ask", input, (in, c, r) -> r.interrupt(NAME, "who?"));
                        try {
                            return asking.join();
                        } catch (Throwable swallowed) {
                            return "swallowed";
                        }
                    },
            "swallowed in a task",
                    (input, calls, run) -> calls.scope("ask", input, (in, c, r) -> {
                                try {
                                    return r.interrupt(NAME, "who?");
                                } catch (Throwable swallowed) {
                                    return "swallowed";
                                }
                            })
                            .join(),
            "completable future",
                    (input, calls, run) -> {
                        CompletableFuture<String> wrapper = new CompletableFuture<>();
                        try {
                            wrapper.complete(run.interrupt(NAME, "who?"));
                        } catch (Throwable raised) {
                            wrapper.completeExceptionally(raised);
                        }
                        return wrapper.handle((value, error) -> error == null ? value : "swallowed")
                                .join();
                    },
            "proxy",
                    (input, calls, run) -> {
                        Lab.Leaf leaf = in -> run.interrupt(NAME, in);
                        Lab.Leaf proxy = (Lab.Leaf) Proxy.newProxyInstance(
                                Lab.Leaf.class.getClassLoader(),
                                new Class<?>[] {Lab.Leaf.class},
                                (self, method, arguments) -> method.invoke(leaf, arguments));
                        return proxy.run("who?");
                    },
            "goes on asking",
                    (input, calls, run) -> {
                        for (int i = 0; i < 3; i++) {
                            try {
                                return run.interrupt(NAME, "who?");
                            } catch (Throwable again) {
                                calls.task("never", input, s -> s);
                            }
                        }
                        return "swallowed";
                    });

    @SuppressWarnings({"finally", "Finally"}) // what users write, too
    private static String finallyReturn(String input, Lab.Calls calls, Run run) {
        String name = "swallowed";
        try {
            name = run.interrupt(NAME, "who?");
        } finally {
            return name;
        }
    }

    static Stream<Arguments> swallowers() {
        return SWALLOWERS.keySet().stream()
                .flatMap(how -> Arrays.stream(Durability.values()).map(d -> Arguments.of(how, d)));
    }

    @Tag("B126")
    @ParameterizedTest
    @MethodSource("swallowers")
    void pausesWhateverTheCodeDoesWithTheSignalAndKeepsWhatWasSaved(String how, Durability durability)
            throws Exception {
        TypeRef<String> text = TypeRef.of(String.class);
        Lab lab = lab(durability);
        lab.spec(WorkflowSpec.of("Lab.swallow", text, text).previous(text).body(call -> {
            String before = call.previous();
            return before == null
                    ? "saved"
                    : before + " " + SWALLOWERS.get(how).run(call.arg(0), lab.calls(call.scope()), call.run());
        }));
        lab.workflow().invoke("x", T);

        var pause = (Interrupted<String>) lab.workflow().invoke("x", T);

        assertThat(pause.only(NAME).value()).isEqualTo("who?");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(lab.workflow().state(T).value()).isEqualTo("saved");
        assertThat(lab.restart().workflow().invoke(Command.resume("A"), T).value())
                .isEqualTo("saved A");
        assertThat(lab.ran()).doesNotContain("never");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void neverRetriesASuspendedAttempt(Durability durability) throws Exception {
        RetryPolicy everything =
                RetryPolicy.builder().maxAttempts(4).retryIf(any -> true).build();
        Lab lab = lab(durability)
                .body(
                        policies -> policies.retry(everything),
                        (input, calls, run) -> calls.scope("ask", task -> task.retry(everything), input, (in, c, r) -> {
                                    try {
                                        return r.interrupt(NAME, "who?") + r.attempt();
                                    } catch (Throwable raised) {
                                        throw new IllegalStateException("wrapped", raised);
                                    }
                                })
                                .join());

        lab.workflow().invoke("x", T);

        assertThat(lab.ran("ask")).isEqualTo(1);
        assertThat(lab.workflow().invoke(Command.resume("A"), T).value()).isEqualTo("A1");
        assertThat(lab.ran("ask")).isEqualTo(2);
    }

    /** A resource whose close makes a durable call. */
    private record Durable(Lab.Calls calls) implements AutoCloseable {
        @Override
        public void close() {
            calls.task("close", "x", s -> s).join();
        }
    }

    @SuppressWarnings("try") // it is there to be closed
    @ParameterizedTest
    @EnumSource(Durability.class)
    void unwindsResourcesThatMakeDurableCallsWhenClosed(Durability durability) throws Exception {
        List<Throwable> seen = new CopyOnWriteArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            try (Durable resource = new Durable(calls)) {
                return run.interrupt(NAME, "who?");
            } catch (Throwable unwinding) {
                seen.add(unwinding);
                throw unwinding;
            }
        });

        lab.workflow().invoke("x", T);

        assertThat(seen).hasSize(1).allMatch(Error.class::isInstance);
        assertThat(lab.ran()).isEmpty();
        assertThat(lab.workflow().invoke(Command.resume("A"), T).value()).isEqualTo("A");
        assertThat(lab.ran()).containsExactly("close");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsCleanUpCodeThatItIsOnlyAPause(Durability durability) throws Exception {
        List<Boolean> cleanedUp = new CopyOnWriteArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            try {
                assertThat(run.isSuspending()).isFalse();
                return run.interrupt(NAME, "who?");
            } finally {
                cleanedUp.add(run.isSuspending());
            }
        });

        lab.workflow().invoke("x", T);
        lab.workflow().invoke(Command.resume("A"), T);

        assertThat(cleanedUp).containsExactly(true, false);
    }

    @Test
    void siblingsOfASuspendedScopeRunToTheirEnd() throws Exception {
        Gate gate = new Gate();
        AtomicReference<String> sibling = new AtomicReference<>();
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            var slow = calls.scope("slow", input, (in, c, r) -> {
                String first = c.task("first", in, gate::pass).join();
                sibling.set(c.task("second", first, s -> s + "!").join());
                return sibling.get();
            });
            return run.interrupt(NAME, "who?") + slow.join();
        });

        var pausing = lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        assertThat(pausing).isNotDone();
        gate.open();

        assertThat(pausing.get()).isInstanceOf(Interrupted.class);
        assertThat(sibling).hasValue("x!");
        assertThat(lab.restart().workflow().invoke(Command.resume("A"), T).value())
                .isEqualTo("Ax!");
        assertThat(lab.ran()).containsExactlyInAnyOrder("slow", "first", "second");
    }
}
