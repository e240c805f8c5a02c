package dev.clew.samples.graphs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphsTest {
    @TempDir
    private Path dir;

    @Test
    void mapReduceParksWithItsDraftAndIsResumedByAnotherProcess() throws Exception {
        Play play = Play.in(dir);

        assertThat(play.run(MapReduce::main))
                .startsWith(
                        "Labyrinths",
                        "History: The first one was built for a monster.",
                        "Ways out: A hand on the wall is slow and sure.")
                .anyMatch(line -> line.startsWith("parked: "));
        assertThat(play.run(MapReduce::main, "no", "yes")).endsWith("published: Labyrinths");
    }
}
