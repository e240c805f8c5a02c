package dev.clew.sqlite;

import dev.clew.checkpoint.StorageLostException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a path still refers to the file that was opened there. If the file is deleted or replaced, SQLite continues
 * to write to the old one, and these writes are lost.
 *
 * <p>Compares the file key: device and inode on POSIX file systems. Windows has no file key, so only a missing file is
 * detected there; but Windows does not let a file be deleted or renamed while SQLite has it open.
 *
 * <p>Reads file attributes only, because opening and closing the file would release SQLite's locks. After one failed check
 * every later check fails. Thread-safe.
 */
final class FileIdentity {
    /** The shortest time between two checks by {@link #requireNowAndThen}. A lease renewal always checks. */
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private static final Object NO_KEY = new Object();

    private final Path file;
    private final Path log;
    private final Object key;

    /** The key of the write-ahead log, as the writer first saw it; null while the writer has no connection. */
    private volatile @Nullable Object logKey;

    private volatile long lookedAt = System.nanoTime();
    private volatile @Nullable String lost;

    private FileIdentity(Path file, Object key) {
        this.file = file;
        this.log = file.resolveSibling(file.getFileName() + "-wal");
        this.key = key;
    }

    /** The identity of a file that was opened just now. */
    static FileIdentity of(Path file) {
        Object key = keyOf(file);
        return new FileIdentity(file, key == null ? NO_KEY : key);
    }

    /** {@link #require()}, unless the last check was less than {@link #PAUSE} ago. */
    void requireNowAndThen() {
        if (lost != null || System.nanoTime() - lookedAt >= PAUSE) {
            require();
        }
    }

    /** @throws StorageLostException if the file or its write-ahead log was deleted, moved or replaced */
    void require() {
        lookedAt = System.nanoTime();
        String why = lost == null ? difference() : lost;
        if (why != null) {
            lost = why;
            throw new StorageLostException("database '" + file + "' is lost to this process: " + why
                    + " since it was opened. Nothing more is written, and what was written last may be missing."
                    + " Stop the process. Put the original files back, or restore a backup without the old '-wal' and"
                    + " '-shm' files beside it. Then restart the process; recover() continues the runs in the file");
        }
    }

    /** The writer has a connection and has committed: from now on there is a write-ahead log. */
    void committed() {
        if (logKey == null) {
            logKey = keyOf(log);
        }
    }

    /** The writer has no connection, so the write-ahead log may come and go. */
    void disconnected() {
        logKey = null;
    }

    private @Nullable String difference() {
        Object now = keyOf(file);
        if (now == null) {
            return "the file was deleted or moved";
        }
        if (key != NO_KEY && now != NO_KEY && !now.equals(key)) {
            return "the file was replaced by another one";
        }
        Object opened = logKey;
        if (opened == null) {
            return null;
        }
        Object present = keyOf(log);
        if (logKey == null) {
            return null; // the writer lost its connection meanwhile
        }
        return opened.equals(present) || present == NO_KEY
                ? null
                : "its write-ahead log '" + log.getFileName() + "' was deleted or replaced";
    }

    /** The file's key; {@link #NO_KEY} if it cannot be determined, null if there is no such file. */
    private static @Nullable Object keyOf(Path path) {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class, new LinkOption[0])
                    .fileKey();
            return key == null ? NO_KEY : key;
        } catch (NoSuchFileException gone) {
            return null;
        } catch (FileSystemException unreachable) {
            return String.valueOf(unreachable.getReason()).contains("Not a directory") ? null : NO_KEY;
        } catch (IOException unknown) {
            return NO_KEY;
        }
    }
}
