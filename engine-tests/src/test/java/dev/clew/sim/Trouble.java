package dev.clew.sim;

/**
 * Something that comes over a process.
 *
 * @param at at which turn
 * @param host to which process, of those that are there
 * @param millis for how long, where it takes time
 */
record Trouble(Kind kind, long at, int host, int millis) {
    enum Kind {
        /** The process is killed; the others can see that it is gone. */
        KILLED,
        /** Its machine is gone; the others can only wait for its leases to run out. */
        LOST,
        /** All machines lose their power, and what was not synced. */
        POWER,
        /** The process stands still. */
        STALLS,
        /** It closes its graph, as for a deploy. */
        CLOSES,
        /** Its next change of the store fails. */
        FAILS,
        /** Its next change of the store is made, and fails. */
        FAILS_STORED,
        /** Its disk is gone for a while. */
        OUTAGE,
        /** Its disk is slow for a while. */
        SLOW,
        /** All clocks jump forward. */
        JUMPS;

        /** Whether what a process has promised, and has not stored yet, may be forgotten. */
        boolean forgets() {
            return this != STALLS && this != SLOW && this != JUMPS;
        }
    }

    @Override
    public String toString() {
        return kind + "(" + host + ")" + "@" + at + (millis == 0 ? "" : " " + millis + "ms");
    }
}
