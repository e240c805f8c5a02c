package dev.clew.samples.served;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server sample in a process of its own, as {@code samples/run server} starts it. */
final class AgentServerSampleTest {
    private static final Pattern CURL = Pattern.compile("curl (\\S+) -H 'Content-Type: application/json' -d '(.*)'");

    @TempDir
    Path folder;

    /** What the sample prints, up to its question. */
    private static List<String> printed(BufferedReader out) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = out.readLine();
        while (line != null && !line.startsWith("Press Enter")) {
            lines.add(line);
            line = out.readLine();
        }
        return lines;
    }

    private static String sent(String command) throws IOException, InterruptedException {
        Matcher curl = CURL.matcher(command);
        assertThat(curl.matches()).as(command).isTrue();
        return post(curl.group(1), curl.group(2));
    }

    private static String post(String address, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @Test
    void servesAWorkflowAGraphAndAnAgentThatItsCommandsReach() throws Exception {
        Process sample = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        AgentServerSample.class.getName(),
                        "--db",
                        folder.resolve("served.db").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(sample.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> lines = printed(out);
            assertThat(lines.get(0)).matches("serving (http://127.0.0.1:[0-9]+), described at \\1/openapi.json");
            String address = lines.get(0).split("[ ,]", -1)[1];
            assertThat(lines.get(1)).endsWith(" at " + address + "/clew/");
            List<String> commands =
                    lines.stream().filter(line -> line.startsWith("curl ")).toList();
            assertThat(commands).hasSize(3);

            assertThat(post(address + "/assistants/search", "{}"))
                    .contains("\"EssayFlow.write\"", "\"Reflection\"", "\"travel-agent\"");
            assertThat(sent(commands.get(0))).contains("__interrupt__", "book", "Chania");
            assertThat(sent(commands.get(1))).contains("__interrupt__", "All about rain.");
            assertThat(sent(commands.get(2))).contains("All about rain.").doesNotContain("__interrupt__");

            sample.getOutputStream().write('\n');
            sample.getOutputStream().flush();
            assertThat(sample.waitFor()).isZero();
        } finally {
            sample.destroyForcibly();
        }
    }
}
