package dev.clew.graph.topology;

import java.util.List;

/**
 * How a node routes: the cases that it may answer with.
 *
 * <pre>{@code
 * new Routes(List.of(RouteCase.to("AGAIN", List.of("write")), RouteCase.end("DONE")), false);
 * }</pre>
 *
 * @param cases the cases; none for a node that does not route
 * @param isMany whether it may answer with several cases at once; else it answers with one. A list that may be empty has a
 *     case that ends, too
 */
public record Routes(List<RouteCase> cases, boolean isMany) {
    /** What a node has that does not route. */
    public static final Routes NONE = new Routes(List.of(), false);

    public Routes {
        cases = List.copyOf(cases);
    }

    /** Whether the node does not route. */
    public boolean isNone() {
        return cases.isEmpty();
    }

    /** Whether the branch may end here. */
    public boolean mayEnd() {
        return cases.stream().anyMatch(RouteCase::isEnd);
    }
}
