package dev.clew.testing;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.sqlite.Sqlite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What outlives the crashes of a lab. */
final class Disk implements AutoCloseable {
    private static final int CACHE_ENTRIES = 10_000;

    private final @Nullable Path folder;
    private final @Nullable Sqlite file;
    private final Checkpointer checkpointer;
    private final TaskCache cache;

    private Disk(@Nullable Path folder, @Nullable Sqlite file, Checkpointer checkpointer, TaskCache cache) {
        this.folder = folder;
        this.file = file;
        this.checkpointer = checkpointer;
        this.cache = cache;
    }

    static Disk open(Storage storage, Clock clock) {
        if (storage == Storage.MEMORY) {
            return new Disk(null, null, Checkpointer.inMemory(clock), TaskCache.inMemory(CACHE_ENTRIES, clock));
        }
        try {
            Path folder = Files.createTempDirectory("clew-lab");
            Sqlite file = Sqlite.open(folder.resolve("lab.db"), clock);
            return new Disk(folder, file, file.checkpointer(), file.cache());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    Checkpointer checkpointer() {
        return checkpointer;
    }

    TaskCache cache() {
        return cache;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
        if (folder != null) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.deleteIfExists(each);
            }
            Files.deleteIfExists(folder);
        } catch (IOException inUse) {
            folder.toFile().deleteOnExit();
        }
    }
}
