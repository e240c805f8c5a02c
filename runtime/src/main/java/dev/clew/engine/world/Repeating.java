package dev.clew.engine.world;

/** Work that is done again and again until this is closed. */
public interface Repeating extends AutoCloseable {
    /** Stops it, without waiting for what is being done. Idempotent. */
    @Override
    void close();
}
