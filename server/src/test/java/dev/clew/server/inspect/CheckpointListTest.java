package dev.clew.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.server.fixture.Scalars;
import dev.clew.server.fixture.ScalarsGraph;
import dev.clew.state.CheckpointQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of checkpoints are read in pages, and end early. */
final class CheckpointListTest {
    private final Checkpointer store = Checkpointer.inMemory();

    private List<CheckpointRecord> written(int runs) {
        try (var graph = ScalarsGraph.builder(new Scalars()).checkpointer(store).build()) {
            for (int i = 0; i < runs; i++) {
                graph.plain().invoke("sea", RunConfig.thread("t"));
            }
        }
        return store.checkpoints(CheckpointQuery.of("t"));
    }

    @Test
    void hasAllInOrderWithoutValues() {
        List<CheckpointRecord> all = written(25);
        assertThat(all).hasSizeGreaterThan(40);

        CheckpointList list = CheckpointList.read(store, CheckpointQuery.of("t"), 1_000);

        assertThat(list.rows())
                .extracting(CheckpointRecord::id)
                .isEqualTo(all.stream().map(CheckpointRecord::id).toList());
        assertThat(list.rows()).allMatch(row -> row.values().isEmpty());
        assertThat(list.isAll()).isTrue();
        assertThat(list.bytes())
                .isEqualTo(all.stream()
                        .flatMap(one -> one.values().values().stream())
                        .mapToLong(value -> value.length)
                        .sum());
    }

    @Test
    void endsAtItsLimitAndAtManyBytes() {
        List<CheckpointRecord> all = written(25);

        CheckpointList few = CheckpointList.read(store, CheckpointQuery.of("t"), 23);
        CheckpointList large = CheckpointList.read(store, CheckpointQuery.of("t"), 1_000, 1);
        CheckpointList rest = CheckpointList.read(
                store, CheckpointQuery.of("t").before(large.last().id()), 1_000);

        assertThat(few.rows()).hasSize(23);
        assertThat(few.isAll()).isFalse();
        assertThat(large.isAll()).isFalse();
        assertThat(large.rows().size() + rest.rows().size()).isEqualTo(all.size());
    }
}
