package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.RetryPolicy;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A question in a nested task, under a retry, in a child workflow, taken up by another graph. */
public abstract class CrossingSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private final AtomicInteger attempts = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(Durability.class)
    void retriesAroundAnAnswerWithoutAskingAgain(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab ann = program(new Lab(store, durability));
        var asked = (Interrupted<String>) ann.workflow().invoke("x", T);
        Lab bob = program(new Lab(new SecondDoor(store), durability));

        var again = (Interrupted<String>) bob.workflow().invoke(asked.only(NAME).answer("A"), T);

        assertThat(asked.only(NAME).path()).isEqualTo("child:Lab.child#1/task:outer#1/task:inner#1/ask:name#1");
        assertThat(attempts)
                .as("the answer was followed by a failure, and that by a retry")
                .hasValue(2);
        assertThat(again.only(NAME).path()).isEqualTo("ask:name#1");
        assertThat(ann.workflow().invoke(Command.resume("B"), T).value()).isEqualTo("x!A2B");
        assertThat(ann.ran("make") + bob.ran("make")).isEqualTo(1);
    }

    private Lab program(Lab lab) {
        RetryPolicy twice = RetryPolicy.builder()
                .maxAttempts(2)
                .initialInterval(Duration.ofMillis(5))
                .build();
        WorkflowSpec<String, String> child = WorkflowSpec.of("Lab.child", TEXT, TEXT)
                .body(call -> lab.calls(call.scope())
                        .scope("outer", task -> task.retry(twice), call.arg(0), (input, calls, run) -> {
                            String made =
                                    calls.task("make", input, s -> s + "!").join();
                            String name = calls.scope("inner", made, (in, c, r) -> in + r.interrupt(NAME, "who?"))
                                    .join();
                            if (attempts.incrementAndGet() == 1) {
                                throw new IOException("the first attempt fails");
                            }
                            return name + run.attempt();
                        })
                        .join());
        return opened(lab)
                .body((input, calls, run) -> calls.raw().child(child, input).join() + run.interrupt(NAME, "and?"));
    }
}
