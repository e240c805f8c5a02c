package dev.clew.engine.edit;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.ReadBack;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.SavedValues;
import dev.clew.engine.stored.Subjects;
import dev.clew.engine.world.Time;
import dev.clew.flow.Final;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets a thread's value by hand, as if a run had completed with it. */
public final class Update {
    private final ThreadEdit edit;
    private final WorkflowSpec<?, ?> spec;
    private final Codec codec;

    public Update(ThreadEdit edit, WorkflowSpec<?, ?> spec) {
        this.edit = edit;
        this.spec = spec;
        this.codec = edit.codec();
    }

    public RunConfig to(@Nullable Object value) {
        byte[] output = output(value);
        String[] id = {""};
        edit.make(thread -> {
            Made made = made(thread, null, output, value);
            id[0] = made.id();
            return made.write();
        });
        return edit.config().checkpoint(id[0]);
    }

    /** What is written, and the id of its checkpoint. */
    record Made(String id, Write write) {}

    /**
     * The change to a thread as it was read.
     *
     * @param edited the run of which the value is made, if any
     */
    Made on(@Nullable ThreadRecord thread, @Nullable LoggedRunView edited, @Nullable Object value) {
        return made(thread, edited, output(value), value);
    }

    private Made made(
            @Nullable ThreadRecord thread, @Nullable LoggedRunView edited, byte[] output, @Nullable Object value) {
        CheckpointRecord update = checkpoint(thread, edited, output, value);
        Head head = new Head(ThreadStatus.IDLE, null, update.id(), null, 0);
        return new Made(update.id(), new Write(null, List.of(), null, List.of(update), head, true));
    }

    /** The clear bytes of what callers will see. What is refused is refused before the thread is touched. */
    private byte[] output(@Nullable Object value) {
        boolean both = value instanceof Final;
        TypeRef<?> savedType = spec.savedType().orElse(null);
        if (both != (savedType != null)) {
            throw new RequestRefusedException("workflow '" + spec.name() + "' returns "
                    + (savedType == null
                            ? "a plain value, so its state is set with updateState(config, value)"
                            : "a Final, so its state is set with updateState(config, value, saved)"));
        }
        if (value instanceof Final<?, ?> two && savedType != null) {
            encode("saved value", two.saved(), savedType);
            return encode("value", two.value(), spec.outputType());
        }
        return encode("value", value, spec.outputType());
    }

    private byte[] encode(String what, @Nullable Object value, TypeRef<?> type) {
        if (value != null && !type.rawType().isInstance(value)) {
            throw new RequestRefusedException("the " + what + " of workflow '" + spec.name() + "' is a " + type
                    + ", not a " + value.getClass().getName());
        }
        return ReadBack.encode(codec, value, type);
    }

    private CheckpointRecord checkpoint(
            @Nullable ThreadRecord thread, @Nullable LoggedRunView edited, byte[] output, @Nullable Object value) {
        CheckpointRecord parent = edit.chosen(thread);
        CheckpointRecord newest = edit.newest(thread);
        Time time = edit.time();
        String id = Checkpoints.nextId(newest, time);
        Map<String, byte[]> values = new HashMap<>();
        edit.checkpoints()
                .base(edit.threadId(), parent)
                .ifPresent(base -> values.putAll(edit.checkpoints().memories(edit.threadId(), base, id)));
        new Subjects(edit.checkpoints()).put(edit.config(), edit.threadId(), newest, id, values);
        if (spec.outputOfSaved().isEmpty()) {
            values.put(
                    Checkpoints.OUTPUT,
                    codec.protect(output, Places.checkpoint(Checkpoints.OUTPUT, edit.threadId(), id)));
        }
        Map<String, String> metadata = edit.checkpoints()
                .metadata()
                .stored(edit.threadId(), id, edit.config().metadata(), values);
        if (value instanceof Final<?, ?> two) {
            SavedValues<?> before = edited == null ? edit.saved() : edited.values();
            before.putAfter(id, values, two.saved(), edited == null ? parent : edited.opening(), newest);
        }
        return new CheckpointRecord(
                id,
                null,
                parent == null ? null : parent.id(),
                CheckpointSource.UPDATE,
                parent == null ? 0 : parent.step() + 1,
                Time.toInstant(time.micros()),
                values,
                metadata);
    }
}
