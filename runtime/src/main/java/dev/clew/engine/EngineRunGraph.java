package dev.clew.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.run.RunGraph;
import dev.clew.engine.run.Session;
import dev.clew.engine.setup.Contexts;
import dev.clew.flow.RunConfig;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.TypeRef;
import java.util.Optional;

/** An engine as the graph of the runs that it executes. */
record EngineRunGraph(Engine engine) implements RunGraph {
    @Override
    public Optional<Checkpointer> store() {
        return engine.store();
    }

    @Override
    public boolean isClosed() {
        return engine.isClosed();
    }

    @Override
    public ThreadSignals signals() {
        return engine.signals();
    }

    @Override
    public Contexts requireContexts(WorkflowSpec<?, ?> spec, RunConfig config) {
        return engine.requireContexts(spec, config);
    }

    @Override
    public void requireClaim(Session session) {
        engine.activations().requireClaim(session);
    }

    @Override
    public void seal(Session session) {
        engine.activations().seal(session);
    }

    @Override
    public void awaken(String threadId, String runId) {
        engine.sleepers().awaken(threadId, runId);
    }

    @Override
    public Optional<TypeRef<?>> answerType(WorkflowSpec<?, ?> root, String path) {
        return engine.workflows().answerType(root, path);
    }

    @Override
    public Optional<TaskSpec<?>> task(WorkflowSpec<?, ?> root, String path) {
        return engine.workflows().task(root, path);
    }
}
