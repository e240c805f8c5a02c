package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunListener;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.RetryPolicy;
import dev.clew.value.Attributes;
import dev.clew.value.TypeRef;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener hears of runs and steps, and that it cannot harm them. */
@Tag("B128")
public abstract class ListenerSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** Without a stack trace, which would be logged for each event. */
    private static final class BrokenException extends RuntimeException {
        BrokenException() {
            super("broken", null, false, false);
        }
    }

    private static final class BrokenError extends Error {
        BrokenError() {
            super("broken", null, false, false);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void hearsEachEventOfARunOnce(Durability durability) throws Exception {
        Lab lab = program(durability)
                .options(options -> options.parkAfter(Duration.ZERO).listener(listener((proxy, method, arguments) -> {
                    heard.add(method.getName());
                    return null;
                })));

        lab.workflow().invoke("x", T);
        assertThat(heard)
                .containsExactly(
                        "runStarted",
                        "stepStarted",
                        "stepRetried",
                        "runSleeping",
                        "runResumed",
                        "stepStarted",
                        "stepSucceeded",
                        "questionAsked",
                        "runInterrupted");
        heard.clear();
        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume("fail"), T))
                .isNotNull();
        assertThat(heard).containsExactly("runResumed", "stepReplayed", "stepStarted", "stepFailed", "runFailed");
        heard.clear();
        lab.workflow().invoke(Command.proceed(), T);
        assertThat(heard).containsExactly("runResumed", "stepReplayed", "stepStarted", "stepSucceeded", "runCompleted");
        heard.clear();
        lab.workflow().invoke("x", T);
        lab.workflow().cancel(T);
        assertThat(heard).startsWith("runStarted").contains("runInterrupted");
    }

    /** Gives runs a text on their way, and hears on which thread code runs. */
    private final class Tracer implements RunListener {
        private final ThreadLocal<String> current = new ThreadLocal<>();
        private String given = "of the caller";

        @Override
        public Map<String, String> runRequested(String workflow) {
            return Map.of("trace", given);
        }

        @Override
        public AutoCloseable stepEntered(RunInfo run, StepInfo step) {
            String outer = current.get();
            current.set(step.path() + "/" + run.carried().get("trace"));
            return () -> current.set(outer);
        }

        String current() {
            return String.valueOf(current.get());
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRunCarriesWhatItsFirstCallerGaveItAndCodeIsSurroundedOnItsThread(Durability durability) throws Exception {
        Tracer tracer = new Tracer();
        Lab lab = lab(durability)
                .body((input, calls, run) -> {
                    String body = tracer.current();
                    String task =
                            calls.task("where", input, any -> tracer.current()).join();
                    return body + " " + task + " " + run.interrupt(NAME, "who?") + " " + tracer.current();
                })
                .options(options -> options.listener(tracer).listener(new RunListener() {}));

        lab.workflow().invoke("x", T);
        tracer.given = "of another caller";

        assertThat(lab.restart().workflow().invoke(Command.resume("ann"), T).value())
                .isEqualTo("/of the caller task:where#1/of the caller ann /of the caller");
        assertThat(tracer.current()).isEqualTo("null");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatARunCarriesIsNoAttributeOfTheUser(Durability durability) throws Exception {
        Tracer tracer = new Tracer();
        WorkflowSpec<String, String> spec = WorkflowSpec.of(
                        "Lab.run", TypeRef.of(String.class), TypeRef.of(String.class))
                .context(Attributes.class)
                .body(call -> call.run().interrupt(NAME, "who?")
                        + call.context(Attributes.class).asMap());
        Lab lab = lab(durability)
                .spec(spec)
                .options(options -> options.listener(tracer).context(Attributes.class, attributes -> attributes));

        lab.workflow().invoke("x", T.attributes(Map.of("tenant", "acme")));

        assertThat(lab.restart().workflow().invoke(Command.resume("ann"), T).value())
                .isEqualTo("ann{tenant=acme}");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void neverFailsARunBecauseAListenerThrows(Durability durability) throws Exception {
        for (Throwable thrown : List.of(new BrokenException(), new BrokenError())) {
            calls.set(0);
            Lab lab = program(durability)
                    .options(options -> options.listener(listener((proxy, method, arguments) -> {
                                throw thrown;
                            }))
                            .listener(listener((proxy, method, arguments) -> {
                                heard.add(method.getName());
                                throw thrown;
                            })));

            lab.workflow().invoke("x", T);

            assertThat(lab.workflow().invoke(Command.resume("A"), T).value()).isEqualTo("x!A");
            assertThat(heard).contains("runStarted", "questionAsked", "runInterrupted", "runCompleted");
            heard.clear();
            lab.close();
        }
    }

    private Lab program(Durability durability) throws Exception {
        RetryPolicy once = RetryPolicy.builder()
                .maxAttempts(2)
                .retryIf(any -> true)
                .initialInterval(Duration.ofMillis(300))
                .build();
        return lab(durability).body((input, body, run) -> {
            String made = body.task("flaky", task -> task.retry(once), input, in -> {
                        if (calls.incrementAndGet() == 1) {
                            throw new IllegalStateException("first");
                        }
                        return in + "!";
                    })
                    .join();
            String answer = run.interrupt(NAME, "who?");
            return body.task("last", made, in -> {
                        if (answer.equals("fail") && calls.incrementAndGet() == 3) {
                            throw new IllegalStateException("failed");
                        }
                        return in + answer;
                    })
                    .join();
        });
    }

    /** One that hears events; what it is asked for besides it leaves to the interface. */
    private static RunListener listener(InvocationHandler handler) {
        InvocationHandler events = (proxy, method, arguments) -> method.getReturnType() == void.class
                ? handler.invoke(proxy, method, arguments)
                : InvocationHandler.invokeDefault(proxy, method, arguments);
        return (RunListener)
                Proxy.newProxyInstance(RunListener.class.getClassLoader(), new Class<?>[] {RunListener.class}, events);
    }
}
