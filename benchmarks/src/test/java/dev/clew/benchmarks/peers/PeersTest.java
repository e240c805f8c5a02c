package dev.clew.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersTest {
    /** A few units of each, too few to say anything about time. */
    @Test
    void setsEachWorkloadOfTheEnginesSideBySide(@TempDir Path folder) throws Exception {
        Path others = Files.writeString(folder.resolve("others.jsonl"), """
                a line that a program printed beside
                {"engine": "Slow 1.0", "workload": "tasks in order", "variant": "memory", "us": 1e9}
                """);
        List<PeerTime> times = new ArrayList<>(new OursBesidePeers(3, 2, 1).measure());
        times.addAll(PeersCommand.lines(others));

        assertThat(times)
                .allSatisfy(time -> assertThat(time.us()).isPositive())
                .extracting(PeerTime::engine)
                .containsOnly("Clew", "LangGraph4j 1.8.17", "Slow 1.0");
        assertThat(PeerTable.of(times, "Clew").lines().filter(line -> line.contains("Clew")))
                .hasSize(10)
                .allMatch(line -> line.endsWith(" 1.00"));
        assertThat(PeerTable.of(times, "Clew"))
                .containsSubsequence("tasks in order, memory", "Clew", "Slow 1.0")
                .containsSubsequence("supersteps of a graph, memory", "LangGraph4j");
    }
}
