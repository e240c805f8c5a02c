package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.LogCapture;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.Worker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A worker that brings other limits than a queue has says so. */
@Isolated
class LimitsWarningTest {
    @Test
    void namesTheLimitsOfBeforeAndTheNewOnes() {
        Checkpointer store = Checkpointer.inMemory();
        store.queue().configure("q", QueueSettings.NONE.globalConcurrency(11).paused(true));

        try (LogCapture log = new LogCapture();
                LabGraph graph = LabGraph.builder()
                        .checkpointer(store)
                        .worker(Worker.of("q").globalConcurrency(22))
                        .build()) {
            assertThat(graph.queue("q").state().settings())
                    .isEqualTo(QueueSettings.NONE.globalConcurrency(22).paused(true));
            assertThat(
                            log.count(
                                    "WARN[^\\n]*queue 'q'[^\\n]*globalConcurrency=22[^\\n]*in place of[^\\n]*globalConcurrency=11"))
                    .isOne();
        }
    }

    @Test
    void isSilentIfTheLimitsAreTheSame() {
        Checkpointer store = Checkpointer.inMemory();
        store.queue().configure("q", QueueSettings.NONE.globalConcurrency(11));

        try (LogCapture log = new LogCapture();
                LabGraph graph = LabGraph.builder()
                        .checkpointer(store)
                        .worker(Worker.of("q").globalConcurrency(11))
                        .build()) {
            assertThat(graph).isNotNull();
            assertThat(log.text()).doesNotContain("other limits");
        }
    }
}
