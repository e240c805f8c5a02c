package dev.clew.graph.plan;

import dev.clew.graph.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * What one superstep runs, and what waits meanwhile. It is recorded before the superstep runs, so that a replay does what was
 * planned whatever the code says by then. A {@link PlanWriter} makes a short text of it, for any number of records.
 *
 * @param number which superstep of the run, from 1
 * @param due what runs, in planned order: nodes that edges lead to by their declaration, then records as they were sent
 * @param arrivals what joins have of those that they wait for, in the order of their declaration
 * @param waiting deferred nodes that wait, in the order of their declaration
 * @param limit how many supersteps the run may take, as it was when this was planned
 * @param pause the nodes of the breakpoints at which the run pauses before it; empty if it does not pause
 */
public record Plan(
        int number, List<Due> due, List<Arrivals> arrivals, List<Waiting> waiting, int limit, List<String> pause) {
    public Plan {
        due = List.copyOf(due);
        arrivals = List.copyOf(arrivals);
        waiting = List.copyOf(waiting);
        pause = List.copyOf(pause);
    }

    /** A plan without a limit, before which the run does not pause. */
    public Plan(int number, List<Due> due, List<Arrivals> arrivals, List<Waiting> waiting) {
        this(number, due, arrivals, waiting, 0, List.of());
    }

    /** The same plan under this limit of supersteps, after a pause at these nodes. */
    public Plan under(int limit, List<String> pause) {
        return new Plan(number, due, arrivals, waiting, limit, pause);
    }

    /** The same plan, with nothing due. */
    public Plan emptied() {
        return new Plan(number, List.of(), arrivals, waiting, limit, pause);
    }

    /** The same plan for another superstep, before which the run does not pause. */
    public Plan as(int otherNumber) {
        return new Plan(otherNumber, due, arrivals, waiting, limit, List.of());
    }

    /** Whether it is an update by hand that stands for an input. */
    public boolean isInput() {
        return due.size() == 1 && due.get(0).node().equals(Topology.START);
    }

    /** Whether nothing is left to run: the run ends. */
    public boolean isEnd() {
        return due.isEmpty();
    }

    /** Whether the run's limit of supersteps forbids to run it; that nothing is left to run is no mistake. */
    public boolean isBeyond(int limit) {
        return !isEnd() && number > limit;
    }

    /** How many executions there are. */
    public int size() {
        int size = 0;
        for (Due group : due) {
            size += group.count();
        }
        return size;
    }

    /** The executions, in planned order. */
    public List<Execution> executions() {
        List<Execution> all = new ArrayList<>(size());
        for (Due group : due) {
            Sent sent = group.sent();
            for (int i = 0; i < group.count(); i++) {
                Sent one = sent == null ? null : new Sent(sent.sender(), sent.execution(), sent.from() + i, 1);
                all.add(new Execution(group.node(), group.first() + i, one));
            }
        }
        return all;
    }
}
