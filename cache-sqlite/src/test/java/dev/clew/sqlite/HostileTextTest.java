package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever text comes in by whichever door: it is taken and comes back as it was, or it is refused with an exception of
 * ours, and then nothing was stored.
 */
@Timeout(300)
final class HostileTextTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(HostileDoors.Door.class)
    void textIsTakenAsItIsOrRefusedAndNothingStored(HostileDoors.Door door) throws Exception {
        List<String> found = new ArrayList<>();
        try (HostileDoors doors = new HostileDoors(folder.resolve("threads.db"))) {
            for (String text : HostileText.all().toList()) {
                doors.wrong(door, text).ifPresent(found::add);
            }
        }
        assertThat(found).isEmpty();
    }
}
