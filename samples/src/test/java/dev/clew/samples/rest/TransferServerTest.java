package dev.clew.samples.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TransferServerTest {
    private static final String TRANSFER = "{\"to\":\"Ariadne\",\"euros\":500}";

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @TempDir
    private Path dir;

    @Test
    void startsAnswersAndShowsATransferOverARestart() throws Exception {
        Path file = dir.resolve("transfers.db");
        try (TransferServer server = new TransferServer(file, 0)) {
            port = server.port();
            assertThat(put("1", TRANSFER).statusCode()).isEqualTo(202);
            while (!get("1").body().contains("INTERRUPTED")) {
                Thread.onSpinWait();
            }
            assertThat(put("1", TRANSFER).statusCode()).isEqualTo(202); // the same request again
            assertThat(put("1", "{\"to\":\"Minos\",\"euros\":1}").statusCode())
                    .isEqualTo(202); // changes nothing: the id is that of the first
            assertThat(get("2").statusCode()).isEqualTo(404);
            assertThat(put("2", "{\"to\":7}").statusCode()).isEqualTo(400);
        }
        try (TransferServer server = new TransferServer(file, 0)) {
            port = server.port();
            assertThat(put("1/approval", "true").body()).contains("COMPLETED").contains("sent 500 euros to Ariadne");
            assertThat(get("1").body()).contains("sent 500 euros to Ariadne");
        }
    }

    private HttpResponse<String> put(String path, String body) throws Exception {
        return send(path, "PUT", HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(path, "GET", HttpRequest.BodyPublishers.noBody());
    }

    private HttpResponse<String> send(String path, String method, HttpRequest.BodyPublisher body) throws Exception {
        URI uri = URI.create("http://localhost:" + port + "/transfers/" + path);
        return client.send(
                HttpRequest.newBuilder(uri).method(method, body).build(), HttpResponse.BodyHandlers.ofString());
    }
}
