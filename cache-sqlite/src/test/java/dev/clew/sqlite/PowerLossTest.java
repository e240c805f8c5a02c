package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.flow.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a real process's files when the disk keeps only what was synced, and of the rest what it likes. */
@Timeout(1_200)
final class PowerLossTest {
    private static final int INSTANTS = Integer.getInteger("clew.power.instants", 2);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatWasPromisedIsThereWhereverThePowerFails(Durability durability) throws Exception {
        Path recorder = PowerLoss.recorder(folder);
        assumeTrue(recorder != null, "needs Linux and gcc, to record what a process writes");
        List<WriteLog> log = PowerLoss.recorded(folder, recorder, durability);

        PowerLoss.Report report = PowerLoss.check(durability, folder, log, INSTANTS, false);

        System.out.println("power loss, " + durability + ": " + report);
        assertThat(report.lost()).isEmpty();
        assertThat(report.wrong()).isEmpty();
        assertThat(report.points()).isGreaterThanOrEqualTo(INSTANTS);
        assertThat(report.syncs()).isPositive();
        if (durability == Durability.SYNC) {
            Path apart = Files.createDirectory(folder.resolve("lying"));
            PowerLoss.Report lying = PowerLoss.check(durability, apart, log, 2, true);
            assertThat(lying.lost()).as("of a disk that did not sync").isNotEmpty();
        }
    }
}
