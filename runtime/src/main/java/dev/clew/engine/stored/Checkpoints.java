package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.UnreadableValue;
import dev.clew.engine.world.Time;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A thread's checkpoints: what their values are called, and how their ids are ordered.
 *
 * <pre>
 * input   what the run was opened with                                input, fork
 * base    id of the newest completed checkpoint before, in the clear   input, fork
 * output  what callers see                                            loop, update
 * saved   what the next run's @Previous is; where it is not output    loop, update
 *         what this run's @Previous is; where it is not the base's     input, fork
 * superstep  where an edit of a graph's state opened the run, in the clear  fork
 * settings  breakpoints and limits of the run                          input
 * metadata  what callers attached, where the codec encrypts            all
 * memory:path   what the child with this path remembers               loop, update
 * </pre>
 */
public final class Checkpoints {
    public static final String INPUT = "input";
    public static final String BASE = "base";
    public static final String OUTPUT = "output";
    public static final String SAVED = "saved";
    public static final String SUPERSTEP = "superstep";
    public static final String SETTINGS = "settings";
    private static final String MEMORY = "memory:";

    private final Checkpointer store;
    private final Codec codec;

    public Checkpoints(Checkpointer store, Codec codec) {
        this.store = store;
        this.codec = codec;
    }

    /** An id that is greater than the parent's, and than any that was made earlier on this clock. */
    public static String nextId(@Nullable CheckpointRecord parent, Time time) {
        long at = time.micros();
        if (parent != null) {
            at = Math.max(at, madeAt(parent.id()) + 1);
        }
        return String.format(Locale.ROOT, "%016x-%s", at, time.freshId().substring(0, 8));
    }

    /** When the checkpoint with this id was made, in microseconds. */
    static long madeAt(String id) {
        return Long.parseLong(id.substring(0, 16), 16);
    }

    public Optional<CheckpointRecord> find(String threadId, String id) {
        return id.isEmpty()
                ? Optional.empty()
                : store.checkpoints(CheckpointQuery.of(threadId).id(id)).stream()
                        .findFirst();
    }

    public CheckpointRecord require(String threadId, String id) {
        return find(threadId, id)
                .orElseThrow(() -> new CheckpointException("thread '" + threadId + "' names checkpoint '" + id
                        + "', which is not there; the database is damaged"));
    }

    /** Whether it holds, or stands for, a value that the thread has; any other one opened a run. */
    public static boolean isCompleted(CheckpointRecord checkpoint) {
        return checkpoint.source() == CheckpointSource.LOOP
                || checkpoint.source() == CheckpointSource.UPDATE
                || checkpoint.runId() == null;
    }

    /** The id of the newest completed checkpoint at or before this one, or null. */
    public static @Nullable String baseId(CheckpointRecord from) {
        if (from.source() == CheckpointSource.LOOP || from.source() == CheckpointSource.UPDATE) {
            return from.id();
        }
        byte[] base = from.values().get(BASE);
        return base == null ? null : new String(base, StandardCharsets.UTF_8);
    }

    /** The newest completed checkpoint at or before this one. */
    public Optional<CheckpointRecord> base(String threadId, @Nullable CheckpointRecord from) {
        String id = from == null ? null : baseId(from);
        return id == null || from == null
                ? Optional.empty()
                : id.equals(from.id()) ? Optional.of(from) : find(threadId, id);
    }

    /** The values of an input checkpoint. */
    public Map<String, byte[]> opening(
            String threadId, String id, byte @Nullable [] clearInput, Optional<CheckpointRecord> base) {
        Map<String, byte[]> values = new HashMap<>();
        if (clearInput != null) {
            values.put(INPUT, codec.protect(clearInput, Places.checkpoint(INPUT, threadId, id)));
        }
        base.ifPresent(b -> values.put(BASE, b.id().getBytes(StandardCharsets.UTF_8)));
        return values;
    }

    /** A checkpoint's values as they are stored under another id, perhaps of another thread. */
    public Map<String, byte[]> copy(CheckpointRecord from, String fromThread, String toThread, String toId) {
        Map<String, byte[]> values = new HashMap<>();
        from.values().forEach((name, stored) -> {
            boolean inTheClear = name.equals(BASE) || name.equals(SUPERSTEP);
            byte[] clear = inTheClear ? stored : codec.reveal(stored, Places.checkpoint(name, fromThread, from.id()));
            values.put(name, inTheClear ? clear : protect(name, toThread, toId, clear));
        });
        return values;
    }

    /** The name of what the child with this path remembers. */
    public static String memory(String path) {
        return MEMORY + path;
    }

    /** What children remember at a completed checkpoint, as it is stored under another id. */
    public Map<String, byte[]> memories(String threadId, CheckpointRecord completed, String toId) {
        Map<String, byte[]> values = new HashMap<>();
        completed.values().forEach((name, stored) -> {
            if (name.startsWith(MEMORY)) {
                byte[] clear = codec.reveal(stored, Places.checkpoint(name, threadId, completed.id()));
                values.put(name, protect(name, threadId, toId, clear));
            }
        });
        return values;
    }

    public byte[] protect(String name, String threadId, String id, byte[] clear) {
        return codec.protect(clear, Places.checkpoint(name, threadId, id));
    }

    /** Returns the clear bytes of a value; null if the checkpoint has none of this name. */
    public byte @Nullable [] clear(String threadId, CheckpointRecord checkpoint, String name) {
        byte[] stored = checkpoint.values().get(name);
        return stored == null ? null : codec.reveal(stored, Places.checkpoint(name, threadId, checkpoint.id()));
    }

    /** What a run was opened with; null for nothing. */
    public @Nullable Object input(String threadId, CheckpointRecord opening, TypeRef<?> type) {
        return decode(threadId, opening, INPUT, type);
    }

    /** What a run gets as {@code @Previous}: what its opening has, else what the completed checkpoint before it has. */
    public @Nullable Object previous(String threadId, CheckpointRecord opening, Optional<? extends TypeRef<?>> type) {
        if (type.isEmpty()) {
            return null;
        }
        if (opening.values().containsKey(SAVED)) {
            return decode(threadId, opening, SAVED, type.get());
        }
        return base(threadId, opening)
                .map(base -> saved(threadId, base, type.get()))
                .orElse(null);
    }

    /** What a completed checkpoint gives as {@code @Previous}. */
    @Nullable
    public Object saved(String threadId, CheckpointRecord completed, TypeRef<?> type) {
        String name = completed.values().containsKey(SAVED) ? SAVED : OUTPUT;
        return decode(threadId, completed, name, type);
    }

    public <T> @Nullable T output(String threadId, CheckpointRecord completed, TypeRef<T> type) {
        return decode(threadId, completed, OUTPUT, type);
    }

    /** @throws CodecException if the value cannot be read as this type; it says which value of which thread */
    private <T> @Nullable T decode(String threadId, CheckpointRecord completed, String name, TypeRef<T> type) {
        byte[] clear = clear(threadId, completed, name);
        try {
            return clear == null ? null : codec.decode(clear, type);
        } catch (CodecException why) {
            String what = name.equals(SAVED) ? "the saved value" : name.equals(INPUT) ? "the input" : "the value";
            throw UnreadableValue.of(
                    what + " of thread '" + threadId + "' at checkpoint '" + completed.id() + "'",
                    "ask again; or set another value with updateState",
                    why);
        }
    }

    List<CheckpointRecord> list(CheckpointQuery query) {
        return metadata().find(store, query);
    }

    public Metadata metadata() {
        return new Metadata(codec);
    }
}
