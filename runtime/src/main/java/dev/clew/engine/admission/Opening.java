package dev.clew.engine.admission;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.edit.LoggedRunView;
import dev.clew.engine.format.ReadBack;
import dev.clew.engine.log.RunLog;
import dev.clew.engine.request.Request;
import dev.clew.engine.run.Activation;
import dev.clew.engine.setup.Contexts;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.StoredEffects;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.stored.StoredSettings;
import dev.clew.engine.stored.Subjects;
import dev.clew.engine.world.Time;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.spi.Moment;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Opens a new run of a thread: its row, its first checkpoint, and what it starts from. */
final class Opening<O extends @Nullable Object> {
    private final Ticket<O> ticket;

    Opening(Ticket<O> ticket) {
        this.ticket = ticket;
    }

    /** Claims the thread for the run and begins it; false where the thread changed in between. */
    boolean open(@Nullable ThreadRecord thread, Request.Input input) {
        Contexts.requireMade(ticket.config(), ticket.settings());
        if (thread != null) {
            StoredEffects.requireSettled(ticket.store(), thread, "a new input");
        }
        Contexts contexts = ticket.contexts();
        Time time = ticket.settings().time();
        String threadId = ticket.threadId();
        SavedValues<O> saved = ticket.saved();
        Rollback rollback = Rollback.of(ticket, thread);
        CheckpointRecord opening = opening(thread, input, saved, rollback);
        Object previous = saved.previous(opening);
        requireAdmitted(previous, input);
        RunRecord run = new RunRecord(
                String.valueOf(opening.runId()),
                ThreadRecord.nextRun(thread),
                opening.id(),
                null,
                time.freshSeed(threadId, String.valueOf(opening.runId())),
                opening.createdAt(),
                ThreadStatus.RUNNING,
                null);
        Head head = new Head(ThreadStatus.RUNNING, run.runId(), opening.id(), null, 0);
        Write first = ticket.durability() == Durability.EXIT
                ? new Write(
                        null, List.of(), null, List.of(), thread == null ? StoredRun.NEVER_RAN : thread.head(), false)
                : new Write(null, List.of(), run, List.of(opening), head, false);
        return ticket.own(
                ticket.spec().name(),
                thread,
                first,
                claim -> new Activation(
                        ticket.workflow(),
                        ticket.config(opening),
                        ticket.durability(),
                        threadId,
                        run,
                        opening,
                        claim,
                        new RunLog(),
                        null,
                        previous,
                        contexts,
                        false,
                        ticket.taken()),
                List.of(),
                ticket.opens(rollback == null ? null : rollback.run()));
    }

    /**
     * What the input's own code throws is thrown to the caller, and nothing is stored. An enqueued run has no caller here: it is
     * opened, and its body throws the same, so that the run fails and its line moves on.
     */
    private void requireAdmitted(@Nullable Object previous, Request.Input input) {
        try {
            ticket.spec().requireAdmitted(previous, input.value());
        } catch (RequestRefusedException refused) {
            throw refused;
        } catch (RuntimeException thrown) {
            if (ticket.taken() == null) {
                throw thrown;
            }
        }
    }

    /** The checkpoint that opens the run, with all that it begins with. */
    private CheckpointRecord opening(
            @Nullable ThreadRecord thread, Request.Input input, SavedValues<O> saved, @Nullable Rollback rollback) {
        Checkpoints checkpoints = ticket.checkpoints();
        Codec codec = ticket.settings().codec();
        Time time = ticket.settings().time();
        String threadId = ticket.threadId();
        byte[] clear = ticket.spec().hasInput()
                ? ReadBack.encode(codec, input.value(), ticket.spec().inputType())
                : null;
        CheckpointRecord parent = rollback != null ? rollback.parent() : thread == null ? null : parent(thread);
        CheckpointRecord newest = thread == null ? null : newest(thread, parent);
        String id = Checkpoints.nextId(newest, time);
        if (rollback != null) {
            // Nothing may be stored as a change of what is deleted.
            newest = parent;
        }
        CheckpointRecord base = checkpoints.base(threadId, parent).orElse(null);
        saved.knowing(parent).knowing(base);
        Map<String, byte[]> values = checkpoints.opening(threadId, id, clear, base);
        byte[] settings = StoredSettings.of(ticket.config(), codec, threadId, id);
        if (settings != null) {
            values.put(Checkpoints.SETTINGS, settings);
        }
        new Subjects(checkpoints).put(ticket.config(), threadId, newest, id, values);
        Map<String, String> metadata =
                checkpoints.metadata().stored(threadId, id, ticket.config().metadata(), values);
        boolean carries = thread != null && parent != null && carry(thread, parent, newest, id, values);
        if (!carries) {
            saved.follow(values, base, newest);
        }
        return new CheckpointRecord(
                id,
                ticket.config().runId().orElseGet(time::freshId),
                parent == null ? null : parent.id(),
                CheckpointSource.INPUT,
                parent == null ? -1 : parent.step() + 1,
                Time.toInstant(time.micros()),
                values,
                metadata);
    }

    private @Nullable CheckpointRecord newest(ThreadRecord thread, @Nullable CheckpointRecord parent) {
        String id = thread.head().checkpointId();
        return parent != null && parent.id().equals(id)
                ? parent
                : ticket.checkpoints().find(ticket.threadId(), id).orElse(null);
    }

    private @Nullable CheckpointRecord parent(ThreadRecord thread) {
        Optional<Moment> named = ticket.config().checkpoint().map(Moment::of);
        return named.isPresent()
                ? ticket.requireNamed(named.get().checkpointId())
                : ticket.checkpoints()
                        .find(ticket.threadId(), thread.head().checkpointId())
                        .orElse(null);
    }

    /** Adds what the new run gets of one that has not completed, or of which it begins inside; false if it gets the base's. */
    private boolean carry(
            ThreadRecord thread,
            CheckpointRecord parent,
            @Nullable CheckpointRecord newest,
            String id,
            Map<String, byte[]> values) {
        WorkflowSpec.Carrying carrying = ticket.spec().carries().orElse(null);
        OptionalInt superstep = ticket.config()
                .checkpoint()
                .map(Moment::of)
                .map(Moment::superstep)
                .orElse(OptionalInt.empty());
        boolean inside = parent.runId() != null && !Checkpoints.isCompleted(parent) || superstep.isPresent();
        if (carrying == null || !inside) {
            return false;
        }
        LoggedRunView run = ticket.host()
                .threads(ticket.spec())
                .view(RunConfig.thread(thread.threadId()).checkpoint(parent.id()))
                .orElseThrow(() -> new IllegalStateException("checkpoint '" + parent.id() + "' has no run"));
        Object carried = carrying.from(run, superstep);
        if (carried != null) {
            run.values().putAfter(id, values, carried, run.opening(), newest);
        }
        return carried != null;
    }
}
