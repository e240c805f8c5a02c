package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.clew.value.ClewException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files with random damage: whatever is done with them works or fails with a {@link ClewException}, and soon. */
final class MutatedFileTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final int PAGE = 4_096;
    private static final long CASES = Long.getLong("clew.mutations", 25);

    @TempDir
    Path folder;

    private static byte[] mutated(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int at = random.nextInt(bytes.length);
        int length = Math.min(1 + random.nextInt(200), bytes.length - at);
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                for (int i = 0; i < 20; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            case 2 -> Arrays.fill(bytes, at, at + length, (byte) 0);
            case 3 -> Arrays.fill(bytes, at, at + length, (byte) 0xff);
            case 4 -> System.arraycopy(sound, random.nextInt(bytes.length - length), bytes, at, length);
            case 5 -> { // a page in place of another, as a lost write leaves it
                int pages = bytes.length / PAGE;
                System.arraycopy(sound, random.nextInt(pages) * PAGE, bytes, random.nextInt(pages) * PAGE, PAGE);
            }
            default -> bytes = Arrays.copyOf(sound, at);
        }
        return bytes;
    }

    @Test
    @Timeout(300)
    void worksOrFailsClearlyAndSoon() throws IOException {
        byte[] sound = DamagedFile.sound(folder);
        long seed = Long.getLong("clew.mutations.seed", 1);
        int failed = 0;
        for (long number = 0; number < CASES; number++) {
            long own = seed + number;
            Path file = folder.resolve("mutated-" + number + ".db");
            Files.write(file, mutated(sound, new Random(own)));

            failed += assertTimeoutPreemptively(LONG_ENOUGH, () -> DamagedFile.failures(file), () -> "seed " + own);
        }
        assertThat(failed).as("mutations that were noticed; seed %d", seed).isPositive();
    }

    /** Files of earlier versions are migrated as they are opened; so they are when they are damaged. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @Timeout(300)
    void anOldFileIsMigratedOrRefusedClearlyAndSoon(int version) throws IOException {
        byte[] old;
        try (InputStream kept = getClass().getResourceAsStream("version-" + version + ".sqlite")) {
            old = kept.readAllBytes();
        }
        long seed = Long.getLong("clew.mutations.seed", 1);
        for (long number = 0; number < CASES / 5; number++) {
            long own = seed + number;
            Path file = folder.resolve("old-" + number + ".db");
            Files.write(file, mutated(old, new Random(own)));

            assertTimeoutPreemptively(LONG_ENOUGH, () -> DamagedFile.failures(file), () -> "seed " + own);
        }
    }
}
