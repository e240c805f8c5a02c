package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.format.MembersCodec;
import dev.clew.engine.format.Places;
import dev.clew.engine.world.Time;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.CheckpointSource;
import dev.clew.value.Codec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A thread's checkpoints: what their values are called, and how their ids are ordered.
 *
 * <pre>
 * input   what the run was opened with                                input, fork
 * base    id of the newest completed checkpoint before, in the clear   input, fork
 * output  what callers see; where it is not made of saved              loop, update
 * saved   what the next run's @Previous is; where it is not output    loop, update
 *         what this run's @Previous is; where it is not the base's     input, fork
 * change  in place of saved: what makes it of another one             loop, update, input, fork
 * chain   where the checkpoint stands among changes, in the clear     all
 * superstep  where an edit of a graph's state opened the run, in the clear  fork
 * settings  breakpoints and limits of the run                          input
 * subject   whom the thread is about                                   all
 * metadata  what callers attached, where the codec encrypts            all
 * memory:path   what the child with this path remembers               loop, update
 * </pre>
 */
public final class Checkpoints {
    public static final String INPUT = "input";
    public static final String BASE = "base";
    public static final String OUTPUT = "output";
    public static final String SAVED = "saved";
    static final String CHANGE = "change";
    static final String CHAIN = "chain";
    public static final String SUPERSTEP = "superstep";
    public static final String SETTINGS = "settings";
    static final String SUBJECT = "subject";
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
        String digits = Long.toHexString(at);
        return "0".repeat(16 - digits.length()) + digits + '-' + time.freshId().substring(0, 8);
    }

    /** When the checkpoint with this id was made, in microseconds. */
    static long madeAt(String id) {
        return Long.parseLong(id.substring(0, 16), 16);
    }

    public Optional<CheckpointRecord> find(String threadId, String id) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        List<CheckpointRecord> found =
                store.checkpoints(CheckpointQuery.of(threadId).id(id));
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
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
        boolean hasValue = from.source() == CheckpointSource.LOOP || from.source() == CheckpointSource.UPDATE;
        if (hasValue || from.runId() == null && SavedValues.hasOwn(from)) {
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
            String threadId, String id, byte @Nullable [] clearInput, @Nullable CheckpointRecord base) {
        Map<String, byte[]> values = new HashMap<>();
        if (clearInput != null) {
            values.put(INPUT, protect(INPUT, threadId, id, clearInput));
        }
        if (base != null) {
            values.put(BASE, base.id().getBytes(StandardCharsets.UTF_8));
        }
        return values;
    }

    /** A checkpoint's values as they are stored under another id, perhaps of another thread. */
    public Map<String, byte[]> copy(CheckpointRecord from, String fromThread, String toThread, String toId) {
        Map<String, byte[]> values = new HashMap<>();
        from.values().forEach((name, stored) -> {
            boolean inTheClear = name.equals(BASE) || name.equals(SUPERSTEP) || name.equals(CHAIN);
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
        return MembersCodec.protects(codec) ? codec.protect(clear, Places.checkpoint(name, threadId, id)) : clear;
    }

    /** Returns the clear bytes of a value; null if the checkpoint has none of this name. */
    public byte @Nullable [] clear(String threadId, CheckpointRecord checkpoint, String name) {
        byte[] stored = checkpoint.values().get(name);
        return stored == null || !MembersCodec.protects(codec)
                ? stored
                : codec.reveal(stored, Places.checkpoint(name, threadId, checkpoint.id()));
    }

    /** The checkpoints of a thread from this id on, until before that one. */
    List<CheckpointRecord> between(String threadId, String from, String before) {
        return store.checkpoints(CheckpointQuery.of(threadId).from(from).before(before));
    }

    Codec codec() {
        return codec;
    }

    public List<CheckpointRecord> list(CheckpointQuery query) {
        return metadata().find(store, query);
    }

    public Metadata metadata() {
        return new Metadata(codec);
    }
}
