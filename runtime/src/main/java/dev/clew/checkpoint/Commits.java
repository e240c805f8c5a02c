package dev.clew.checkpoint;

/**
 * How often a store committed in this process, and how much each commit stored: writes that wait for the disk at the same time wait
 * together. Both numbers only grow.
 *
 * <pre>{@code
 * double perCommit = db.checkpointer().commits().meanWrites(); // 1 if runs wait one after the other
 * }</pre>
 *
 * @param count the transactions that were committed
 * @param writes the changes that they stored
 */
public record Commits(long count, long writes) {
    /** Of a store that has no commits, such as one in memory. */
    public static final Commits NONE = new Commits(0, 0);

    /** Adds those of another writer. */
    public Commits plus(Commits other) {
        return new Commits(count + other.count, writes + other.writes);
    }

    /** Returns how many changes a commit stored, on the average; 0 before the first one. */
    public double meanWrites() {
        return count == 0 ? 0 : (double) writes / count;
    }
}
