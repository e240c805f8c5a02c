package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that can be read no more once a run's pause is written: whoever waits for the run must hear of the pause. */
class PauseInOutageTest extends EngineSuite implements OnMemory {
    private final AtomicBoolean out = new AtomicBoolean();

    @Override
    protected Checkpointer newStore() {
        return new ForwardingCheckpointer(Checkpointer.inMemory()) {
            @Override
            protected void before(String call) {
                if (out.get() && call.equals("thread")) {
                    throw new CheckpointException("the disk is gone");
                }
            }

            @Override
            public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
                CompletionStage<Void> written = super.write(claim, write, durable);
                out.set(write.release());
                return written;
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whoWaitsHearsOfAPauseWithADeadline(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) ->
                        run.interrupt(TaskSuite.GO, "?", Duration.ofHours(1)).orElse("nobody"));

        RunResult<String> result = lab.workflow().invokeAsync("in", T).get(10, TimeUnit.SECONDS);

        assertThat(result).isInstanceOf(RunResult.Interrupted.class);
    }
}
