package dev.clew.checkpoint;

import java.time.Instant;

/**
 * Something around a store that its administrator should look after. Nothing is wrong with what is stored.
 *
 * <pre>{@code
 * operator.warnings().forEach(warning -> System.out.println(warning.text()));
 * }</pre>
 *
 * @param kind what it is
 * @param since when it began, by the store's clock
 * @param text what it is, and what to do about it
 */
public record StoreWarning(Kind kind, Instant since, String text) {
    /** What a warning is about. More may be added. */
    public enum Kind {
        /** A session of the database has held a snapshot for so long that queues become slow. */
        OLD_SNAPSHOT
    }
}
