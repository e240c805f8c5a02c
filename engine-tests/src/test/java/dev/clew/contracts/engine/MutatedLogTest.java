package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.clew.checkpoint.LogRecord;
import dev.clew.contracts.lab.DamagedLog;
import dev.clew.engine.log.EntryFormat;
import dev.clew.value.ClewException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Logs whose entries are damaged, or made up by somebody who knows the format: they are read as something, or refused with an
 * exception of ours, and soon. The checksum is mended, else it would be all that was ever looked at.
 */
@Timeout(600)
final class MutatedLogTest {
    private static final int CASES = Integer.getInteger("clew.mutations.log", 150);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private final DamagedLog logs = new DamagedLog();

    private static byte[] mutated(byte[] entry, List<LogRecord> others, Random random) {
        byte[] content = Arrays.copyOf(entry, entry.length - 4);
        int at = random.nextInt(content.length);
        switch (random.nextInt(6)) {
            case 0 -> content[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> content[at] = (byte) random.nextInt(256);
            case 2 -> content[0] = (byte) random.nextInt(18);
            case 3 -> content = Arrays.copyOf(content, 1 + at);
            case 4 -> Arrays.fill(content, at, Math.min(content.length, at + 1 + random.nextInt(8)), (byte) 0xff);
            default -> {
                byte[] other = others.get(random.nextInt(others.size())).bytes();
                int length = Math.min(content.length - at, random.nextInt(other.length - 4));
                System.arraycopy(other, 0, content, at, Math.max(0, length));
            }
        }
        return DamagedLog.sealed(content);
    }

    private static List<LogRecord> mutated(List<LogRecord> sound, Random random) {
        List<LogRecord> log = new ArrayList<>(sound);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int which = random.nextInt(log.size());
            LogRecord old = log.get(which);
            byte[] bytes = random.nextInt(8) == 0
                    ? log.get(random.nextInt(log.size())).bytes()
                    : mutated(old.bytes(), sound, random);
            log.set(which, new LogRecord(old.seq(), bytes));
        }
        return log;
    }

    @Test
    void anEntryIsReadOrRefused() {
        List<LogRecord> sound = logs.written();
        long seed = Long.getLong("clew.mutations.seed", 1);
        int refused = 0;
        for (int i = 0; i < 50 * CASES; i++) {
            Random random = new Random(seed + i);
            byte[] bytes = mutated(sound.get(random.nextInt(sound.size())).bytes(), sound, random);
            try {
                EntryFormat.read(bytes, "entry");
            } catch (ClewException clear) {
                refused++;
            } catch (RuntimeException | Error other) {
                throw new AssertionError("seed " + (seed + i), other);
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aRunOfSuchALogIsShownAndGoesOnOrIsRefused() {
        long seed = Long.getLong("clew.mutations.seed", 1);
        for (int i = 0; i < CASES; i++) {
            long own = seed + i;
            assertTimeoutPreemptively(LONG_ENOUGH, () -> use(new Random(own), own), () -> "seed " + own);
        }
    }

    private void use(Random random, long seed) {
        try {
            logs.use(sound -> mutated(sound, random));
        } catch (RuntimeException | Error other) {
            throw new AssertionError("seed " + seed, other);
        }
    }
}
