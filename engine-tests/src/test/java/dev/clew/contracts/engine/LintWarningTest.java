package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.contracts.lab.LogCapture;
import dev.clew.spi.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What the compiler's lint recorded beside the classes is logged when a graph is built. */
@Isolated
class LintWarningTest {
    @Test
    void warnsOncePerGraphClassOfWhatTheCompilerFound() {
        try (LogCapture log = new LogCapture();
                Graph graph = GraphBuilder.of(NotedGraph::new).build()) {
            GraphBuilder.of(NotedGraph::new).build().close();

            assertThat(graph).isNotNull();
            assertThat(log.count("WARN[^\\n]*NotedGraph.{0,100}CLEW101: Noted.java:7"))
                    .isOne();
        }
    }

    @Test
    void saysNothingOfAGraphWithoutRecord() {
        try (LogCapture log = new LogCapture();
                Graph graph = GraphBuilder.of(CleanGraph::new).build()) {
            assertThat(graph).isNotNull();
            assertThat(log.text()).doesNotContain("WARN", "CLEW101");
        }
    }

    /** Has a record among the resources of the tests. */
    private static final class NotedGraph extends Graph {
        NotedGraph(Wiring wiring) {
            super(wiring);
        }
    }

    /** Has none. */
    private static final class CleanGraph extends Graph {
        CleanGraph(Wiring wiring) {
            super(wiring);
        }
    }
}
