package dev.clew.sqlite;

import dev.clew.fuzz.Choices;
import dev.clew.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Database files that were changed or cut: all one does with them works or is refused, and soon.
 *
 * <p>The input is a list of changes: which, where (three bytes) and what.
 */
public final class FilesFuzz implements FuzzTarget {
    private static final int PAGE = 4_096;
    private static final int CHANGES = 5;

    private final Path folder;
    private final byte[] sound;

    public FilesFuzz(Path folder) {
        this.folder = folder;
        try {
            this.sound = DamagedFile.sound(Files.createTempDirectory(folder, "sound"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (byte change = 0; change < CHANGES; change++) {
            seeds.add(new byte[] {change, 0, 0, 18, 1});
            seeds.add(new byte[] {change, 0, 16, 3, 40});
            seeds.add(new byte[] {change, 1, 2, 3, 2, change, 0, 64, 7, 3});
        }
        return seeds;
    }

    @Override
    public void take(byte[] input) throws IOException {
        Choices choices = new Choices(input);
        byte[] bytes = sound.clone();
        for (int changes = 0; changes < 16 && !choices.isEmpty() && bytes.length > 0; changes++) {
            bytes = changed(bytes, choices);
        }
        Path own = Files.createTempDirectory(folder, "file");
        try {
            DamagedFile.failures(Files.write(own.resolve("damaged.db"), bytes));
        } finally {
            for (String ending : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(own.resolve("damaged.db" + ending));
            }
        }
    }

    private byte[] changed(byte[] bytes, Choices choices) {
        int change = choices.below(CHANGES);
        int at = choices.below(1 << 24) % bytes.length;
        int end = Math.min(bytes.length, at + 1 + choices.octet());
        switch (change) {
            case 0 -> bytes[at] = (byte) choices.octet();
            case 1 -> Arrays.fill(bytes, at, end, (byte) choices.octet());
            case 2 -> {
                byte[] what = choices.bytes(choices.below(32));
                System.arraycopy(what, 0, bytes, at, Math.min(what.length, bytes.length - at));
            }
            case 3 -> { // a page in place of another
                int from = choices.below(sound.length / PAGE) * PAGE;
                int to = at / PAGE * PAGE;
                System.arraycopy(sound, from, bytes, to, Math.min(PAGE, bytes.length - to));
            }
            default -> bytes = Arrays.copyOf(bytes, at);
        }
        return bytes;
    }
}
