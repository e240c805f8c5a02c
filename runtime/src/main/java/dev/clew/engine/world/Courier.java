package dev.clew.engine.world;

import java.util.function.BooleanSupplier;

/** Comes round every moment, to look after work that is held back for somebody. Thread-safe. */
public interface Courier {
    /** Calls this again and again, a moment apart, until it gives false. It must be short, and throw nothing. */
    void serve(BooleanSupplier round);
}
