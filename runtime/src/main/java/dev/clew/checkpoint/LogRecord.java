package dev.clew.checkpoint;

/**
 * One entry of a run's log, opaque to the store. The bytes carry their own checksum.
 *
 * <pre>{@code
 * checkpointer.scan("essay-1", runId, 0, record -> replay.add(record));
 * }</pre>
 *
 * @param seq the entry's place in the run's log, from 0 without gaps
 * @param bytes the entry; not copied, so it must not be changed afterwards
 */
public record LogRecord(long seq, byte[] bytes) {}
