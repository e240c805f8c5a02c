package dev.clew.graph.plan;

/**
 * Records that stand side by side in the route of one execution and are sent to one node. The records themselves are in the
 * outcome of the sender.
 *
 * @param sender the name of the node that sent them
 * @param execution which execution of it, counted from 1 in the run
 * @param from the index of the first in the sender's list
 * @param count how many there are
 */
public record Sent(String sender, int execution, int from, int count) {
    /** Whether the record that follows on these is the next of the same list. */
    boolean isFollowedBy(Sent next) {
        return sender.equals(next.sender) && execution == next.execution && from + count == next.from;
    }

    Sent and(Sent next) {
        return new Sent(sender, execution, from, count + next.count);
    }
}
