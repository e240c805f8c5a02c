package dev.clew.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.spi.Wiring;
import org.junit.jupiter.api.Test;

class LintFindingsTest {
    @Test
    void failsATestOfAGraphInWhichTheCompilerFoundSomething() {
        Lab lab = Lab.open(Storage.MEMORY);
        assertThat(lab.graph(() -> GraphBuilder.of(NotedGraph::new)).get()).isNotNull();
        assertThat(catchThrowableOfType(AssertionError.class, lab::close))
                .hasMessageContaining(
                        "the compiler found what would not be replayed: CLEW101: Noted.java:7: in entrypoint");
    }

    /** Has a record among the resources of the tests. */
    private static final class NotedGraph extends Graph {
        NotedGraph(Wiring wiring) {
            super(wiring);
        }
    }
}
