package dev.clew.benchmarks.http;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Our server in a process of its own, with half a gigabyte of heap. It ends with the program that measures it. */
final class EchoProcess implements AutoCloseable {
    private final Process process;
    private final String address;
    private final long began;

    private EchoProcess(Process process, String address, long began) {
        this.process = process;
        this.address = address;
        this.began = began;
    }

    /** On a new SQLite file, or the PostgreSQL database that {@code CLEW_POSTGRES_URL} names. */
    static EchoProcess start() throws IOException {
        String given = System.getenv("CLEW_POSTGRES_URL");
        String place = given != null
                ? given
                : Files.createTempDirectory("clew-benchmark")
                        .resolve("server.db")
                        .toString();
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
        return new EchoProcess(process, "http://127.0.0.1:" + port, began);
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
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
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
