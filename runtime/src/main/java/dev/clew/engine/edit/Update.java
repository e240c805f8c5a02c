package dev.clew.engine.edit;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.ReadBack;
import dev.clew.engine.stored.Checkpoints;
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
        Map<String, byte[]> clear = clear(value);
        String[] id = {""};
        edit.make(thread -> {
            Made made = made(thread, clear);
            id[0] = made.id();
            return made.write();
        });
        return edit.config().checkpoint(id[0]);
    }

    /** What is written, and the id of its checkpoint. */
    record Made(String id, Write write) {}

    /** The change to a thread as it was read. */
    Made on(@Nullable ThreadRecord thread, @Nullable Object value) {
        return made(thread, clear(value));
    }

    private Made made(@Nullable ThreadRecord thread, Map<String, byte[]> clear) {
        CheckpointRecord update = checkpoint(thread, clear);
        Head head = new Head(ThreadStatus.IDLE, null, update.id(), null, 0);
        return new Made(update.id(), new Write(null, List.of(), null, List.of(update), head, true));
    }

    private Map<String, byte[]> clear(@Nullable Object value) {
        boolean both = value instanceof Final;
        TypeRef<?> savedType = spec.savedType().orElse(null);
        if (both != (savedType != null)) {
            throw new RequestRefusedException("workflow '" + spec.name() + "' returns "
                    + (savedType == null
                            ? "a plain value, so its state is set with updateState(config, value)"
                            : "a Final, so its state is set with updateState(config, value, saved)"));
        }
        Map<String, byte[]> clear = new HashMap<>();
        if (value instanceof Final<?, ?> two && savedType != null) {
            clear.put(Checkpoints.OUTPUT, encode("value", two.value(), spec.outputType()));
            clear.put(Checkpoints.SAVED, encode("saved value", two.saved(), savedType));
        } else {
            clear.put(Checkpoints.OUTPUT, encode("value", value, spec.outputType()));
        }
        return clear;
    }

    private byte[] encode(String what, @Nullable Object value, TypeRef<?> type) {
        if (value != null && !type.rawType().isInstance(value)) {
            throw new RequestRefusedException("the " + what + " of workflow '" + spec.name() + "' is a " + type
                    + ", not a " + value.getClass().getName());
        }
        return ReadBack.encode(codec, value, type);
    }

    private CheckpointRecord checkpoint(@Nullable ThreadRecord thread, Map<String, byte[]> clear) {
        CheckpointRecord parent = edit.chosen(thread);
        Time time = edit.time();
        String id = Checkpoints.nextId(edit.newest(thread), time);
        Map<String, byte[]> values = new HashMap<>();
        edit.checkpoints()
                .base(edit.threadId(), parent)
                .ifPresent(base -> values.putAll(edit.checkpoints().memories(edit.threadId(), base, id)));
        clear.forEach((name, bytes) ->
                values.put(name, codec.protect(bytes, Places.checkpoint(name, edit.threadId(), id))));
        Map<String, String> metadata = edit.checkpoints()
                .metadata()
                .stored(edit.threadId(), id, edit.config().metadata(), values);
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
