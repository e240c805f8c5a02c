package dev.clew.server.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.server.fixture.FixtureServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ours answers as the official Python server did, but for what {@code deviations.txt} names with the reason.
 *
 * <p>With {@code -Dclew.server.url=…} the transcripts are replayed against that server, and no deviation is allowed;
 * {@code -Dclew.transcripts=…} is a regular expression for their names.
 */
class TranscriptsTest {
    private static final @Nullable String URL = System.getProperty("clew.server.url");
    private static final @Nullable String SOME = System.getProperty("clew.transcripts");
    private static final Deviations DEVIATIONS = URL == null ? Deviations.read() : Deviations.none();

    static Stream<String> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/transcripts"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json") && (SOME == null || file.matches(SOME)))
                    .map(file -> file.replace(".json", ""))
                    .sorted()
                    .toList();
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersAsRecorded(String name) throws Exception {
        Optional<String> skipped = DEVIATIONS.skipped(name);
        Assumptions.assumeTrue(skipped.isEmpty(), () -> name + ": " + skipped.orElse(""));
        Transcript transcript = Transcript.read(name);
        List<Replay.Found> found;
        if (transcript.steps().stream().anyMatch(step -> step.hook() != null)) {
            Assumptions.assumeTrue(URL == null, () -> name + " needs a server that is allowed to send to the test");
            found = new WebhookReplay().run(transcript);
        } else if (URL != null) {
            found = new Replay(URI.create(URL), true).run(transcript);
        } else {
            try (FixtureServer server = FixtureServer.anywhere()) {
                found = new Replay(URI.create(server.uri()), false).run(transcript);
            }
        }
        List<String> unexpected = found.stream()
                .filter(one -> !DEVIATIONS.allow(name, one.step(), one.difference()))
                .map(one -> name + " " + one)
                .toList();
        assertThat(unexpected).isEmpty();
    }

    /** A deviation that no longer happens should leave the file: {@code -Dclew.transcripts.unused} names them. */
    @AfterAll
    static void namesDeviationsThatWereNotNeeded() {
        if (Boolean.getBoolean("clew.transcripts.unused")) {
            DEVIATIONS.unused().forEach(line -> System.out.println("not needed: " + line));
        }
    }
}
