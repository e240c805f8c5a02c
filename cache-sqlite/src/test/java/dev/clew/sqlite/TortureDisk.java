package dev.clew.sqlite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where a tortured database lies: a small disk of its own, which can be filled, where this process may mount one; else a
 * folder. Its files can be made read-only: truly so by who may do that, else for those who open them anew.
 */
final class TortureDisk implements AutoCloseable {
    private static final String SIZE = "16m";
    private static final int BLOCK = 4_096;

    private final Path folder;
    private final boolean mounted;

    private TortureDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    /** A small one only where it is wanted: not every small one can be made read-only for those who have it open. */
    static TortureDisk in(Path folder, boolean small) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted =
                small && does("mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=0700", "tmpfs", disk.toString());
        return new TortureDisk(disk, mounted);
    }

    boolean canBeFull() {
        return mounted;
    }

    /** Leaves not a byte, as far as nobody frees one. */
    void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (true) {
                filler.write(new byte[BLOCK]);
            }
        } catch (IOException full) {
            // so it was to be
        }
    }

    void empty() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Nobody may write the database, or everybody again. */
    void readOnly(boolean only) throws IOException, InterruptedException {
        for (Path file : files()) {
            if (!does("chattr", only ? "+i" : "-i", file.toString())) {
                boolean unused = file.toFile().setWritable(!only);
            }
        }
    }

    /** Keeps what is to be looked at by a person. */
    void copyTo(Path other) throws IOException {
        for (Path file : files()) {
            Files.copy(file, other.resolve(file.getFileName()));
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("threads.db"))
                    .toList();
        }
    }

    private static boolean does(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException unknown) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (mounted && !does("umount", folder.toString())) {
                boolean unused = does("umount", "-l", folder.toString());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
