package dev.clew.sqlite;

import dev.clew.fuzz.FuzzedInputs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that {@code testing/fuzz} found in logs, files and by the doors comes back; it looks for more. */
@Timeout(120)
final class SqliteFuzzTest {
    @TempDir
    private Path folder;

    private void tryAgain(FuzzTargets target, int mutations) throws Exception {
        FuzzedInputs.tryAgain(target.toString(), target.in(folder), mutations);
    }

    @Test
    void entries() throws Exception {
        tryAgain(FuzzTargets.ENTRIES, 5_000);
    }

    @Test
    void runsOfDamagedLogs() throws Exception {
        tryAgain(FuzzTargets.LOGS, 30);
    }

    @Test
    void doors() throws Exception {
        tryAgain(FuzzTargets.DOORS, 50);
    }

    @Test
    void documents() throws Exception {
        tryAgain(FuzzTargets.DOCUMENTS, 100);
    }

    @Test
    void damagedFiles() throws Exception {
        tryAgain(FuzzTargets.FILES, 0);
    }
}
