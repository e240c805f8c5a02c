package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.host.Host;
import dev.clew.engine.stored.History;
import dev.clew.engine.stored.Pages;
import dev.clew.engine.stored.StateReader;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RunConfig;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadState;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the states and the history of one graph's threads for its callers; changes nothing. */
public record ThreadReading(Engine engine) {
    public <O extends @Nullable Object> ThreadState<O> state(WorkflowSpec<?, O> spec, RunConfig config) {
        return new StateReader(
                        engine.claims(),
                        engine.requireStore("state"),
                        engine.settings().codec())
                .read(spec, Host.requireThread(config), config.checkpoint().orElse(null));
    }

    public <O extends @Nullable Object> List<HistoryEntry<O>> history(WorkflowSpec<?, O> spec, CheckpointQuery query) {
        return history("history").list(spec, query);
    }

    <O extends @Nullable Object> Stream<HistoryEntry<O>> historyStream(WorkflowSpec<?, O> spec, CheckpointQuery query) {
        History all = history("historyStream");
        return Pages.stream(wanted -> all.list(spec, wanted), HistoryEntry::id, query);
    }

    private History history(String call) {
        Checkpointer store = engine.requireStore(call);
        return new History(store, engine.checkpoints(store));
    }
}
