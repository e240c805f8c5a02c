package dev.clew.server;

import dev.clew.server.fixture.FixtureServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server of all fixtures in a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final Http http;

    private ServerProcess(Process process, Http http) {
        this.process = process;
        this.http = http;
    }

    /** @param place a file, or the address of a PostgreSQL database */
    static ServerProcess start(String place) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FixtureServer.class.getName(),
                        "0",
                        place)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String uri = output.readLine();
        if (uri == null) {
            throw new AssertionError("the server did not start");
        }
        return new ServerProcess(process, new Http(uri));
    }

    Http http() {
        return http;
    }

    /** Ends it at once, with SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
