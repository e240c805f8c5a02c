package dev.clew.graph;

/**
 * Which superstep of the run a node runs in. A node asks for it with a parameter of this type.
 *
 * <pre>{@code
 * @Node(afterAny = {"write", "improve"})
 * Verdict review(Draft draft, Superstep superstep) {
 *   return superstep.isLast() ? new Verdict.Good() : model.judge(draft);
 * }
 * }</pre>
 *
 * @param number counts from 1 in each run, and from 1 in each graph inside of a node
 * @param remaining how many supersteps may follow before the run's limit; 0 in the last one
 */
public record Superstep(int number, int remaining) {
    /** Whether the limit allows no other superstep. */
    public boolean isLast() {
        return remaining == 0;
    }
}
