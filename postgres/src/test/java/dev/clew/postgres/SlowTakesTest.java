package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.StoreWarning;
import dev.clew.contracts.lab.LogCapture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What is logged of takes that are slow. */
@Isolated
final class SlowTakesTest {
    private static final StoreWarning DUMP =
            new StoreWarning(StoreWarning.Kind.OLD_SNAPSHOT, Instant.EPOCH, "process 7 has held a snapshot");

    @Test
    void anOldSnapshotIsNamedOnceInFiveMinutes() {
        try (LogCapture log = new LogCapture()) {
            SlowTakes slow = new SlowTakes(() -> List.of(DUMP));

            slow.warn("essays");
            slow.warn("essays");

            assertThat(log.count("WARN[^\\n]*queue 'essays' are slow; process 7 has held a snapshot"))
                    .isOne();
        }
    }

    @Test
    void nothingIsLoggedWithoutOldSnapshotsAndNothingFailsWithTheStore() {
        try (LogCapture log = new LogCapture()) {
            new SlowTakes(List::of).warn("essays");
            new SlowTakes(() -> {
                        throw new CheckpointException("the server is gone");
                    })
                    .warn("essays");

            assertThat(log.text()).doesNotContain("WARN");
        }
    }
}
