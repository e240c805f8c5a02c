package dev.clew.engine.active;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.caller.CallerWait;
import dev.clew.engine.caller.CallersFuture;
import dev.clew.engine.caller.Relay;
import dev.clew.engine.events.EventQueue;
import dev.clew.engine.events.QueuedStream;
import dev.clew.engine.follow.Follower;
import dev.clew.engine.follow.LogTail;
import dev.clew.engine.run.RunWorkflow;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.stream.StreamMode;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lets callers wait for runs and watch them, whoever executes these. */
public final class Following {
    private final RunningHost host;

    public Following(RunningHost host) {
        this.host = host;
    }

    /** Waits for a run that somebody executes or has parked, here or elsewhere; where nobody is left, it is woken. */
    @SuppressWarnings("unchecked")
    public <O extends @Nullable Object> void join(
            RunWorkflow<?, O> workflow,
            String threadId,
            String runId,
            Runnable wake,
            CompletableFuture<RunResult<O>> result) {
        Activations.Running<?> here = host.activations().of(threadId, runId);
        CompletableFuture<?> known =
                here != null ? here.result() : host.sleepers().result(threadId, runId);
        CompletableFuture<RunResult<O>> shared = (CompletableFuture<RunResult<O>>) known;
        host.backlog().left(result);
        if (shared != null && shared != result) {
            host.streams().handOn(result, shared);
            if (here != null) {
                host.streams().follow(result, here.session());
            }
            Relay.results(shared, result);
            return;
        }
        new Follower<>(
                        host.followed(host.requireStore("following a run")),
                        workflow.spec(),
                        threadId,
                        runId,
                        wake,
                        () -> {},
                        result)
                .follow();
    }

    /** What a reader takes a run's events from; a task that waits there gives its permit back meanwhile. */
    public EventQueue reader(Collection<StreamMode> modes) {
        EventQueue reader =
                host.settings().waiting().queue(modes, host.settings().streamStall());
        reader.waits(CallerWait::around);
        return reader;
    }

    /** Streams what a thread's run does, until it rests: as it happens where this graph has the run, else from its log. */
    @SuppressWarnings("unchecked")
    public <O extends @Nullable Object> RunStream<O> watch(
            RunWorkflow<?, O> workflow, String threadId, Collection<StreamMode> modes) {
        EventQueue reader = reader(modes);
        CompletableFuture<RunResult<O>> result = (CompletableFuture<RunResult<O>>) having(workflow, threadId);
        if (result == null) {
            return tail(workflow, threadId, reader);
        }
        reader.begin();
        host.streams().open(result, reader);
        Activations.Running<?> here = host.activations().of(threadId);
        if (here != null) {
            host.streams().follow(here.result(), here.session());
        }
        return QueuedStream.of(reader, () -> result, host.settings().executor());
    }

    /** Streams what the log of another graph's run has from now on. */
    private <O extends @Nullable Object> RunStream<O> tail(
            RunWorkflow<?, O> workflow, String threadId, EventQueue reader) {
        host.requireOpen();
        Checkpointer store = host.settings().checkpointer();
        if (store == null) {
            throw new RequestRefusedException(
                    Reason.NOT_RUNNING,
                    "thread '" + threadId + "' is not being run by this graph, which has no checkpointer to read it"
                            + " from, so there is nothing to watch");
        }
        LogTail<O> tail = LogTail.of(
                host.followed(store),
                workflow.spec(),
                path -> host.workflows().resultType(workflow.spec(), path),
                threadId,
                reader,
                new CallersFuture<>());
        return QueuedStream.of(reader, tail::result, host.settings().executor());
    }

    /** The result of the thread's run, where this graph executes it or has parked it; else null. */
    private @Nullable CompletableFuture<?> having(RunWorkflow<?, ?> workflow, String threadId) {
        Activations.Running<?> here = host.activations().of(threadId);
        if (here != null) {
            return here.session().activation().workflow() == workflow ? here.result() : null;
        }
        return host.sleepers().result(workflow, threadId);
    }
}
