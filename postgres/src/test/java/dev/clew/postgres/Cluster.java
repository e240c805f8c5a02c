package dev.clew.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of our own, which can be killed, restarted without a shutdown, and copied to a standby. */
final class Cluster implements AutoCloseable {
    private final Path binaries;
    private final Path data;
    private final int port;

    private Cluster(Path binaries, Path data, int port) {
        this.binaries = binaries;
        this.data = data;
        this.port = port;
    }

    /** A new one, which is not started yet. */
    static Cluster make() throws IOException {
        return make(binaries());
    }

    private static Cluster make(Path binaries) throws IOException {
        Path data = Files.createTempDirectory("clew-cluster").resolve("data");
        Cluster made = new Cluster(binaries, data, freePort());
        made.run("initdb", "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        made.configure("listen_addresses = '127.0.0.1'", "max_connections = 300", "shared_buffers = '128MB'");
        return made;
    }

    /** The programs of a server: where the variable says, or those that the other tests have unpacked. */
    private static Path binaries() throws IOException {
        String given = System.getenv("CLEW_POSTGRES_BIN");
        if (given != null) {
            return Path.of(given);
        }
        Path unpacked = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");
        Path newest = newest(unpacked);
        if (newest == null) {
            EmbeddedPostgres.start().close();
            newest = newest(unpacked);
        }
        if (newest == null) {
            throw new IOException("no server was unpacked in " + unpacked);
        }
        return newest;
    }

    private static Path newest(Path unpacked) throws IOException {
        if (!Files.isDirectory(unpacked)) {
            return null;
        }
        try (Stream<Path> found = Files.list(unpacked)) {
            return found.map(folder -> folder.resolve("bin"))
                    .filter(folder -> Files.exists(folder.resolve("pg_ctl")))
                    .max(Comparator.comparing(folder -> folder.toFile().lastModified()))
                    .orElse(null);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void configure(String... lines) throws IOException {
        Files.write(data.resolve("postgresql.conf"), List.of(lines), StandardOpenOption.APPEND);
    }

    int port() {
        return port;
    }

    void start() {
        run("pg_ctl", "-D", data.toString(), "-w", "-t", "60", "-l", log(), "-o", "-p " + port + " -k /tmp", "start");
    }

    /** As if the machine had lost its power, but for the disk: nothing is written at the end. */
    void restartImmediately() {
        run(
                "pg_ctl",
                "-D",
                data.toString(),
                "-w",
                "-t",
                "60",
                "-l",
                log(),
                "-o",
                "-p " + port + " -k /tmp",
                "-m",
                "immediate",
                "restart");
    }

    void stop() {
        run("pg_ctl", "-D", data.toString(), "-w", "-m", "fast", "stop");
    }

    /** SIGKILL of the server and all of its processes. */
    void kill() throws IOException, InterruptedException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        all.add(0, server);
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : all) {
            each.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    /** A stopped one is copied; the copy follows it once both are started, and answers commits if it is named so. */
    Cluster standby(String name) throws IOException {
        Cluster copy =
                new Cluster(binaries, Files.createTempDirectory("clew-standby").resolve("data"), freePort());
        copy(data, copy.data);
        Files.deleteIfExists(copy.data.resolve("postmaster.pid"));
        Files.createFile(copy.data.resolve("standby.signal"));
        copy.configure(
                "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres application_name=" + name + "'",
                "synchronous_standby_names = ''");
        return copy;
    }

    void promote() {
        run("pg_ctl", "-D", data.toString(), "-w", "-t", "60", "promote");
    }

    /** Where it is, with the user. */
    String url() {
        return url(port);
    }

    /** The same through another port. */
    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&connectTimeout=5";
    }

    private String log() {
        return data.resolveSibling("log").toString();
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // The server refuses to run as root; in a namespace of its own it does not see that it does.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("clew-cluster", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                Path log = Path.of(log());
                throw new IllegalStateException(command + " failed: " + Files.readString(output)
                        + (Files.exists(log) ? Files.readString(log) : ""));
            }
            Files.delete(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run("pg_ctl", "-D", data.toString(), "-m", "immediate", "stop");
        } catch (IllegalStateException gone) {
            // it was killed
        }
        try (Stream<Path> files = Files.walk(data.getParent())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
