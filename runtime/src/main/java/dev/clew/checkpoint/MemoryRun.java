package dev.clew.checkpoint;

import java.util.Arrays;
import java.util.List;

/** A run and its log, which is one array without gaps: an entry's index is its place. Guarded by its thread's lock. */
final class MemoryRun {
    private static final byte[][] EMPTY = {};

    private RunRecord row;
    private byte[][] log = EMPTY;
    private int size;

    MemoryRun(RunRecord row) {
        this.row = row;
    }

    RunRecord row() {
        return row;
    }

    void replace(RunRecord newRow) {
        row = newRow;
    }

    /** Its log is gone. */
    void clear() {
        log = EMPTY;
        size = 0;
    }

    int size() {
        return size;
    }

    void append(List<LogRecord> records) {
        int needed = size + records.size();
        if (needed > log.length) {
            log = Arrays.copyOf(log, Math.max(needed, log.length + (log.length >> 1)));
        }
        for (int i = 0; i < records.size(); i++) {
            log[size++] = records.get(i).bytes();
        }
    }

    void trim() {
        if (log.length > size) {
            log = Arrays.copyOf(log, size);
        }
    }

    /** The log as it is now, by place; entries appended later are not in it. */
    List<byte[]> entries() {
        return Arrays.asList(log).subList(0, size);
    }
}
