package dev.clew.server.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ours answers as the official Python server did, but for what {@code deviations.txt} names with the reason.
 *
 * <p>With {@code -Dclew.server.url=…} the transcripts are replayed against that server, and no deviation is allowed.
 */
class TranscriptsTest {
    private static final @Nullable String URL = System.getProperty("clew.server.url");

    static Stream<String> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/transcripts"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file ->
                            file.endsWith(".json") && file.matches(System.getProperty("clew.transcripts", ".*")))
                    .map(file -> file.replace(".json", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersAsRecorded(String name) throws Exception {
        assumeTrue(URL != null);
        List<Replay.Found> found = new Replay(URI.create(URL), true).run(Transcript.read(name));
        found.forEach(f -> System.out.println(name + " " + f));
        assertThat(found).isEmpty();
    }
}
