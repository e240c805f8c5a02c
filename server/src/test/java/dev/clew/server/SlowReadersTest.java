package dev.clew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clew.server.fixture.FixtureServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Clients that take nothing of what they asked for. */
@Isolated("Twenty readers of megabytes, and limits in seconds.")
@Timeout(60)
final class SlowReadersTest {
    private static final int STALLED = 20;

    /** More than the buffers of a connection hold. */
    private static final String LONG = "x".repeat(12 << 20);

    private FixtureServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = FixtureServer.with(builder -> {
            // More than the time between two beats.
            builder.stalledAfter = Duration.ofSeconds(6);
            return builder;
        });
        http = new Http(server.uri());
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Asks for a stream, and reads nothing. */
    private Socket stalled(String path) throws IOException {
        URI uri = URI.create(server.uri());
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void holdUpNoRunAndNoOtherReaderAndAreCutOff() throws Exception {
        String run = http.post(
                        "/threads/t/runs",
                        "{\"assistant_id\":\"echo\",\"if_not_exists\":\"create\",\"input\":{\"long\":\"" + LONG
                                + "\"}}")
                .headers()
                .firstValue("content-location")
                .orElseThrow();
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < STALLED; i++) {
                stalled.add(stalled(run + "/stream"));
            }

            assertThat(http.get(run + "/stream").body())
                    .contains("event: values")
                    .hasSizeGreaterThan(LONG.length());
            assertThat(Http.json(http.post(
                                    "/threads/u/runs/wait",
                                    "{\"assistant_id\":\"plain\",\"if_not_exists\":\"create\",\"input\":\"x\"}"))
                            .get("output")
                            .asString())
                    .isEqualTo("hello x");

            await().atMost(Duration.ofSeconds(30)).until(() -> openStreams() == 0);
            for (Socket socket : stalled) {
                assertThat(left(socket)).isLessThan(LONG.length());
            }
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private double openStreams() {
        return http.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("clew_streams_open "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    /** How many bytes a connection had when it was cut. */
    private static long left(Socket socket) {
        long read = 0;
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = socket.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                read += n;
            }
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return read;
    }
}
