package dev.clew.engine.queue;

import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.active.Activations;
import dev.clew.engine.active.Following;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.caller.CallersFuture;
import dev.clew.engine.caller.Relay;
import dev.clew.engine.events.EventQueue;
import dev.clew.engine.events.QueuedStream;
import dev.clew.engine.follow.LogTail;
import dev.clew.engine.follow.ThreadWatch;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.queue.RequestRow;
import dev.clew.stream.StreamMode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Streams the run of a handle as it happens, from when it begins here. What no log has can be heard only like this. The end of the run
 * is read from the store.
 */
final class RunWatch<O extends @Nullable Object> {
    private final QueuedHandle<O> handle;
    private final RunningHost host;
    private final EventQueue reader;
    private final CompletableFuture<RunResult<O>> result = new CallersFuture<>();
    private final ThreadWatch.Watch watch;

    // Guarded by this object.
    private boolean awaited;
    private boolean stopped;

    private RunWatch(QueuedHandle<O> handle, EventQueue reader) {
        this.handle = handle;
        this.host = handle.host();
        this.reader = reader;
        this.watch = host.watch().watch(handle.threadId(), ThreadWatch.Pace.LOG, this::look, this::fail);
    }

    /** The stream of a handle's run: by its log from its beginning, if the log has all that is wanted. */
    static <O extends @Nullable Object> RunStream<O> of(QueuedHandle<O> handle, List<StreamMode> modes) {
        RunningHost host = handle.host();
        host.requireOpen();
        EventQueue reader = new Following(host).reader(modes);
        if (!LogTail.isLogged(reader)) {
            if (!host.settings().executes()) {
                throw LogTail.notLogged(handle.threadId());
            }
            RunWatch<O> live = new RunWatch<>(handle, reader);
            host.taps().expect(handle.threadId(), handle.runId(), reader);
            live.look();
            return QueuedStream.of(reader, live::result, host.settings().executor());
        }
        LogTail<O> tail = LogTail.ofRun(
                host.followed(handle.store()),
                handle.workflow().spec(),
                path -> host.workflows().resultType(handle.workflow().spec(), path),
                handle.threadId(),
                handle.runId(),
                handle::hasBegun,
                reader,
                new CallersFuture<>());
        return QueuedStream.of(reader, tail::result, host.settings().executor());
    }

    private CompletableFuture<RunResult<O>> result() {
        boolean again;
        synchronized (this) {
            again = stopped;
            stopped = false;
            awaited = true;
        }
        if (again) {
            watch.later();
        }
        return result;
    }

    private synchronized boolean stops() {
        stopped = reader.isDetached() && !awaited;
        return stopped;
    }

    private void look() {
        if (stops()) {
            host.taps().forget(reader);
            return;
        }
        try {
            if (host.isClosed()) {
                throw new RequestRefusedException(
                        Reason.CLOSED, "the graph was closed while it watched run '" + handle.runId() + "'");
            }
            Activations.Running<?> here = host.activations().of(handle.threadId(), handle.runId());
            if (here != null) {
                here.session().broadcast().add(reader);
                watch.later();
            } else if (isComing()) {
                watch.later();
            } else {
                end();
            }
        } catch (RuntimeException | Error failed) {
            fail(failed);
        }
    }

    /**
     * Whether it executes, or will.
     *
     * @throws RequestRefusedException if another graph or process executes it
     */
    private boolean isComing() {
        Optional<RequestRow> row = handle.store().queue().find(handle.threadId(), handle.runId());
        String owner = row.filter(one -> one.isOpened() && !one.isReserved())
                .map(RequestRow::owner)
                .orElseGet(this::owner);
        if (owner != null && !owner.equals(host.owner())) {
            throw LogTail.notLogged(handle.threadId());
        }
        return !handle.hasBegun() || handle.isUnderWay();
    }

    /** Who executes the run, as its thread says; null for nobody. */
    @SuppressWarnings("NullAway")
    private @Nullable String owner() {
        return handle.store()
                .thread(handle.threadId())
                .filter(thread -> handle.runId().equals(thread.head().runId()))
                .map(ThreadRecord::lease)
                .map(lease -> lease.owner())
                .orElse(null);
    }

    /** All that it told is with the reader, since it was told before the run's end was stored. */
    private void end() {
        host.taps().forget(reader);
        Relay.engineStage(result);
        CompletableFuture<?> unused = result.whenComplete((value, failed) -> reader.end());
        handle.follow(result);
    }

    private void fail(Throwable why) {
        host.taps().forget(reader);
        result.completeExceptionally(why);
        reader.end();
    }
}
