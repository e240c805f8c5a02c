package dev.clew.engine.log;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.engine.log.LogEntry.Call;
import dev.clew.engine.log.LogEntry.Observed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Takes an entry's bytes apart; verifies the checksum first, and every length. */
final class EntryReader {
    /** The tag before the arguments that an entry's call was made with. */
    static final int ARGUMENTS = 23;

    /** The tag before how long the attempt took that an entry ends. */
    static final int TOOK = 24;

    private static final int CHECKSUM = 4;

    private static final long UNKNOWN = -1;

    private final byte[] bytes;
    private final Supplier<String> where;
    private final int limit;
    private int position;
    private byte @Nullable [] arguments;
    private long took = UNKNOWN;

    /** @param where names the record in messages */
    EntryReader(byte[] bytes, Supplier<String> where) {
        this(bytes, bytes.length - CHECKSUM, where);
        if (limit < 1 || checksum() != stored()) {
            throw damaged("its checksum does not match");
        }
    }

    private EntryReader(byte[] bytes, int limit, Supplier<String> where) {
        this.bytes = bytes;
        this.where = where;
        this.limit = limit;
    }

    /** Of bytes that are part of an entry, and have no checksum of their own. */
    static EntryReader part(byte[] bytes, String where) {
        return new EntryReader(bytes, bytes.length, () -> where);
    }

    /** The entry's kind; what stands before it is kept for its call and its attempt. */
    int tag() {
        int tag = octet();
        if (tag == ARGUMENTS) {
            arguments = bytes();
            tag = octet();
        }
        if (tag == TOOK) {
            took = number();
            tag = octet();
        }
        return tag;
    }

    /** Returns when the attempt began that an entry of this moment ends. */
    long startedAt(long at) {
        long known = took;
        took = UNKNOWN;
        return known == UNKNOWN ? LogEntry.NOT_STARTED : at - known;
    }

    int octet() {
        if (position >= limit) {
            throw damaged("it ends too early");
        }
        return bytes[position++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw damaged("it has a number without end");
    }

    int small() {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw damaged("it has a number out of range");
        }
        return (int) value;
    }

    byte[] bytes() {
        int start = span();
        return Arrays.copyOfRange(bytes, start, position);
    }

    String text() {
        int start = span();
        return new String(bytes, start, position - start, StandardCharsets.UTF_8);
    }

    /** Refuses what is neither a step's path nor the root's. */
    void requirePath(String path) {
        if (path.isEmpty()) {
            return;
        }
        String kind = StepPath.kindOfLast(path);
        if (kind == null) {
            throw damaged("its path is none");
        }
        if (!StepPath.isKind(kind)) {
            throw new CheckpointException(where.get() + " is about a step of kind '" + kind
                    + "', which this version of Clew does not know; it was written by a newer one");
        }
    }

    List<Integer> numbers() {
        int count = small();
        if (count == 0) {
            return List.of();
        }
        List<Integer> values = new ArrayList<>(Math.min(count, limit - position));
        for (int i = 0; i < count; i++) {
            values.add(small());
        }
        return values;
    }

    Call call() {
        byte[] kept = arguments;
        arguments = null;
        return new Call(small(), bytes(), text(), observed(), kept);
    }

    List<Observed> observed() {
        int count = small();
        List<Observed> failures = count == 0 ? List.of() : new ArrayList<>(Math.min(count, limit - position));
        for (int i = 0; i < count; i++) {
            failures.add(new Observed(small(), small()));
        }
        return failures;
    }

    void end() {
        if (arguments != null) {
            throw damaged("it has arguments, and is no call");
        }
        if (took != UNKNOWN) {
            throw damaged("it has a beginning, and ends no attempt");
        }
        if (position != limit) {
            throw damaged("it has " + (limit - position) + " bytes too many");
        }
    }

    private int span() {
        int length = small();
        if (length > limit - position) {
            throw damaged("it ends too early");
        }
        int start = position;
        position += length;
        return start;
    }

    private int checksum() {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, limit);
        return (int) crc.getValue();
    }

    private int stored() {
        return bytes[limit] & 0xFF
                | (bytes[limit + 1] & 0xFF) << 8
                | (bytes[limit + 2] & 0xFF) << 16
                | (bytes[limit + 3] & 0xFF) << 24;
    }

    private CheckpointException damaged(String why) {
        return new CheckpointException(
                where.get() + " is damaged: " + why + "; restore the database from a backup, or delete the thread");
    }
}
