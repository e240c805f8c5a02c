package dev.clew.flow;

import java.util.List;

/**
 * The nodes at which the run of a graph pauses. Immutable.
 *
 * <pre>{@code
 * RunConfig.thread("r-1").pauseBefore(ResearchNode.PUBLISH).breakpoints()   // before [PUBLISH], after []
 * }</pre>
 *
 * @param before the run pauses before a superstep that runs one of them
 * @param after the run pauses after a superstep that ran one of them
 */
public record Breakpoints(List<NodeRef> before, List<NodeRef> after) {
    /** The run pauses nowhere. */
    public static final Breakpoints NONE = new Breakpoints(List.of(), List.of());

    public Breakpoints {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
