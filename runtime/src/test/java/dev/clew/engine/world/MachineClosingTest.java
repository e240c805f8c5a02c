package dev.clew.engine.world;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who wants to be called back at the very moment in which the machine is closed is not called back, and no more. */
@Timeout(60)
final class MachineClosingTest {
    private static final int ROUNDS = 2_000;

    @Test
    void repeatedWorkOfAMachineThatIsBeingClosedIsNotRefused() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Machine machine = new Machine();
                CyclicBarrier both = new CyclicBarrier(2);
                Future<?> repeating = other.submit(() -> {
                    both.await();
                    machine.every(Duration.ofDays(1), "repeating", () -> {}).close();
                    return null;
                });
                both.await();
                machine.close();
                assertThatCode(repeating::get).as("round %d", round).doesNotThrowAnyException();
            }
        } finally {
            other.shutdownNow();
        }
    }
}
