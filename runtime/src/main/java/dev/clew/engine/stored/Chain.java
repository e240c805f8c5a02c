package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a checkpoint stands among those whose saved values are stored as changes of one another. It is stored in the clear, so
 * that a reader knows the range of checkpoints to read before it reads them. Ranges and not lists, because a list would
 * make each checkpoint as long as its chain.
 *
 * @param link the checkpoint whose value is the one before
 * @param full the checkpoint that has a value in full, at which the chain begins; empty if other branches of the thread lie
 *     between, whose bytes are not counted: then the next value must be stored in full
 * @param fullBytes how many bytes that value takes
 * @param since how many bytes there are in all checkpoints of the thread after {@code full}, of other branches, too: what a
 *     reader of the range has to read beside the full value
 */
record Chain(String link, String full, long fullBytes, long since) {
    /** What a checkpoint takes beside its values. */
    private static final int OVERHEAD = 100;

    /** What a checkpoint says of itself; null if its value is stored in full, or was stored without a chain. */
    static @Nullable Chain of(CheckpointRecord checkpoint) {
        byte[] stored = checkpoint.values().get(Checkpoints.CHAIN);
        if (stored == null) {
            return null;
        }
        String[] parts = new String(stored, StandardCharsets.UTF_8).split(" ", -1);
        try {
            return new Chain(parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new CheckpointException(
                    "checkpoint '" + checkpoint.id()
                            + "' has a place among changes that cannot be read; the database is damaged",
                    e);
        }
    }

    /** What a checkpoint says that begins with the value of this one; null if it cannot be stored as a change. */
    private static @Nullable Chain on(CheckpointRecord holder) {
        byte[] saved = holder.values().get(Checkpoints.SAVED);
        if (saved != null) {
            return new Chain(holder.id(), holder.id(), saved.length, 0);
        }
        Chain own = of(holder);
        if (own == null || own.full.isEmpty()) {
            return null;
        }
        return holder.values().containsKey(Checkpoints.CHANGE)
                ? new Chain(holder.id(), own.full, own.fullBytes, own.since)
                : own;
    }

    /**
     * Where a new checkpoint stands, before its own bytes are counted.
     *
     * @param holder the checkpoint whose value it begins with
     * @param newest the newest one of the thread, which has counted all before it
     * @return null if there is no such value
     */
    static @Nullable Chain after(@Nullable CheckpointRecord holder, @Nullable CheckpointRecord newest) {
        if (holder == null) {
            return null;
        }
        Chain on = on(holder);
        return on == null ? uncounted(holder.id()) : on.from(newest);
    }

    private static Chain uncounted(String link) {
        return new Chain(link, "", 0, 0);
    }

    /** The same value before, for what is made now. */
    Chain from(@Nullable CheckpointRecord newest) {
        Chain counted = newest == null ? null : on(newest);
        return counted == null || !counted.full.equals(full)
                ? uncounted(link)
                : new Chain(link, full, fullBytes, counted.since);
    }

    /** Whether a value can be stored as a change. */
    boolean isCounted() {
        return !full.isEmpty();
    }

    /** With what a checkpoint adds that has these values. */
    Chain plus(Map<String, byte[]> values) {
        long bytes = OVERHEAD;
        for (byte[] value : values.values()) {
            bytes += value.length;
        }
        return new Chain(link, full, fullBytes, since + bytes);
    }

    /** Whether reading the changes takes at most twice as long as reading the full value. */
    boolean isShort() {
        return since <= 2 * fullBytes;
    }

    byte[] bytes() {
        return (link + " " + full + " " + fullBytes + " " + since).getBytes(StandardCharsets.UTF_8);
    }
}
