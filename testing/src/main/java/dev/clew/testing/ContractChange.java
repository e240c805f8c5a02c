package dev.clew.testing;

/**
 * One change of a contract, and what it means for values that are stored.
 *
 * <pre>{@code
 * file.changes(graph.contract()).stream()
 *     .filter(change -> change.meaning().isHarmful())
 *     .forEach(change -> System.out.println(change.place() + ": " + change.detail()));
 * }</pre>
 *
 * @param meaning for stored values
 * @param place whose it is, as in {@code workflow 'OrderFlow.order', result of step 'pay' at $.receipt.id}
 * @param detail what has changed
 */
public record ContractChange(Meaning meaning, String place, String detail) {
    /** What a change means for stored values. */
    public enum Meaning {
        /** Stored values cannot be read: their runs would be BLOCKED. */
        REFUSES,
        /** Stored values are read without a part of what they have. */
        LOSES,
        /** What is stored under the name finds no code: a workflow's threads are left alone, a recorded step blocks its run. */
        GONE,
        /** A recorded call is compared with another one: where it was called, the run would be BLOCKED. */
        CALLS,
        /** A person who was asked is asked anew, or an answer that was stored is refused. */
        ASKS_ANEW,
        /** Nothing that is stored is touched. */
        HARMLESS;

        /** Whether something that is stored may suffer. */
        public boolean isHarmful() {
            return this != HARMLESS;
        }
    }

    @Override
    public String toString() {
        return meaning + ": " + place + ": " + detail;
    }
}
