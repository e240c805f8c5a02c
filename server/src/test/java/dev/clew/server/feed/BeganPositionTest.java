package dev.clew.server.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.json.JsonCodec;
import dev.clew.server.catalog.Served;
import dev.clew.server.fixture.Fixtures;
import dev.clew.state.LoggedEvent;
import dev.clew.state.StepKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Positions are the same on all servers, however much of the log each of them read at once. */
final class BeganPositionTest {
    /** A log that begins with three notes, which are no events; a look may find them before anything else. */
    private static final class NotesFirst implements FeedLog {
        private boolean hasEvents;

        @Override
        public LoggedEvent.Page events(String threadId, String runId, long from, int atMost) {
            List<LoggedEvent> node =
                    List.of(new LoggedEvent.Opened(3, Instant.EPOCH, "node:a#1", "a", StepKind.NODE, List.of()));
            return hasEvents && from <= 3
                    ? new LoggedEvent.Page(node, 4, true)
                    : new LoggedEvent.Page(List.of(), Math.max(from, 3), true);
        }

        @Override
        public List<String> requests(String threadId, String runId) {
            return List.of();
        }

        @Override
        public long endOf(String threadId, String requestId) {
            return -1;
        }

        @Override
        public List<String> runs(String threadId) {
            return List.of();
        }
    }

    @SuppressWarnings("unchecked")
    private static Served served(Checkpointer store) {
        try (Fixtures flows = Fixtures.open(builder -> builder.checkpointer(store))) {
            Workflow<Object, Object> plain =
                    (Workflow<Object, Object>) requireNonNull(flows.workflows().get("plain"));
            plain.invoke("x", RunConfig.thread("t"));
            return new Served("plain", plain, JsonCodec.standard(), store);
        }
    }

    @Test
    void aRunBeginsWhereItRestedThoughNotesWereReadSince() {
        Checkpointer store = Checkpointer.inMemory();
        Served plain = served(store);
        String runId = requireNonNull(store.thread("t").orElseThrow().head().runId());
        RunRecord row = store.run("t", runId).orElseThrow();
        NotesFirst log = new NotesFirst();
        Tapes tapes = new Tapes(store.tape(), (thread, run) -> false, (work, millis) -> {});
        RunFeed early = new RunFeed(plain, log, tapes, "t", runId, row::number);
        // Its row says that it is over, so that the first look has something to tell.
        assertThat(early.look()).isTrue();
        log.hasEvents = true;
        RunFeed late = new RunFeed(plain, log, tapes, "t", runId, row::number);
        assertThat(late.look()).isTrue();

        long first = FeedPosition.before(row.number());
        FeedEntry begun = requireNonNull(early.after(first));
        assertThat(begun.event()).isInstanceOf(FeedEvent.Began.class);
        assertThat(begun.position()).isEqualTo(FeedPosition.of(row.number(), 0, 0));
        assertThat(requireNonNull(late.after(first)).position()).isEqualTo(begun.position());
    }
}
