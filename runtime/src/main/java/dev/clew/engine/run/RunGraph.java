package dev.clew.engine.run;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.setup.Contexts;
import dev.clew.flow.RunConfig;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.TypeRef;
import java.util.Optional;

/** The graph that executes a run, as the sessions of its runs need it. */
public interface RunGraph {
    /** The checkpointer; empty if nothing is stored. */
    Optional<Checkpointer> store();

    boolean isClosed();

    /** What is told in this process of threads. */
    ThreadSignals signals();

    /** The contexts that a run gets, if they are all that its workflow needs. */
    Contexts requireContexts(WorkflowSpec<?, ?> spec, RunConfig config);

    /** Stops a session, and unwinds its code, if its thread may be another process's by now. */
    void requireClaim(Session session);

    /** Ends what a run does here, because the graph ends; it stays recoverable. */
    void seal(Session session);

    /** Continues a run at once if this graph has parked it. */
    void awaken(String threadId, String runId);

    /** The type of answer that a question wants, if the class of the code that asks it declares its key. */
    Optional<TypeRef<?>> answerType(WorkflowSpec<?, ?> root, String path);

    /** The task that this graph's code declares for a step; empty if it declares none. */
    Optional<TaskSpec<?>> task(WorkflowSpec<?, ?> root, String path);
}
