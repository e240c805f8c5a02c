package dev.clew.benchmarks.http;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Our server in a process of its own, with half a gigabyte of heap. It ends with the program that measures it. */
final class EchoProcess implements AutoCloseable {
    private final Process process;
    private final String place;
    private final String address;
    private final long began;

    private EchoProcess(Process process, String place, String address, long began) {
        this.process = process;
        this.place = place;
        this.address = address;
        this.began = began;
    }

    /** On a new SQLite file, or the PostgreSQL database that {@code CLEW_POSTGRES_URL} names. */
    static EchoProcess start() throws IOException {
        String given = System.getenv("CLEW_POSTGRES_URL");
        return start(
                given != null
                        ? given
                        : Files.createTempDirectory("clew-benchmark")
                                .resolve("server.db")
                                .toString());
    }

    /** On a SQLite file, or a PostgreSQL database. */
    static EchoProcess start(String place) throws IOException {
        int port = freePort();
        long began = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        EchoServer.class.getName(),
                        place,
                        String.valueOf(port))
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new EchoProcess(process, place, "http://127.0.0.1:" + port, began);
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    String address() {
        return address;
    }

    /** Waits until the server answers; how long that took since it was started, in milliseconds. */
    double awaitUp(HttpClient client) throws InterruptedException {
        HttpRequest ok = HttpRequest.newBuilder(URI.create(address + "/ok")).build();
        while (true) {
            try {
                if (client.send(ok, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return (System.nanoTime() - began) / 1e6;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    /** How many megabytes of memory the process has. */
    long megabytes() throws IOException {
        return status("VmRSS:") / 1024;
    }

    long threads() throws IOException {
        return status("Threads:");
    }

    private long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return files.count();
        }
    }

    /** How many bytes live on the heap; the process collects its garbage first. */
    long liveBytes() throws IOException {
        Process asked = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.class_histogram")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String total = said.substring(said.lastIndexOf("Total")).strip();
        return Long.parseLong(total.split("\\s+", -1)[2]);
    }

    /** How many bytes the files of a SQLite database have. */
    long databaseBytes() throws IOException {
        long bytes = 0;
        for (String end : List.of("", "-wal")) {
            Path file = Path.of(place + end);
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        return bytes;
    }

    /** How many seconds of a core it has used. */
    double cpuSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(used -> used.toMillis() / 1e3)
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
