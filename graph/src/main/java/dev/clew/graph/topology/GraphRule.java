package dev.clew.graph.topology;

import java.util.Locale;

/**
 * Every rule about the shape of a graph: its code, which never changes its meaning, what is wrong, and what to do. The
 * compiler reports the same codes and texts for annotated graphs.
 *
 * <pre>{@code
 * GraphRule.NODE_UNREACHABLE.message("search");
 * // CLEW204: nothing leads to 'search', so it never runs
 * //   fix: name it in a route, or the node that it comes after, in after or afterAny
 * }</pre>
 */
public enum GraphRule {
    NODE_UNKNOWN(200, "%s names '%s', which is no node of the graph%s", "name a node, or declare one of that name"),
    NODE_NAME(
            201,
            "'%s' cannot be the name of a node: %s",
            "use 1 to 100 characters, not blank at either end, without control characters and / : | #"),
    NODE_TWICE(202, "there are two nodes named '%s'", "rename one of them: edges, routes and records name nodes"),
    GRAPH_WITHOUT_START(
            203,
            "no node runs after START, so a run of '%s' would do nothing",
            "write after = START at the first node"),
    NODE_UNREACHABLE(
            204,
            "nothing leads to '%s', so it never runs",
            "name it in a route, or the node that it comes after, in after or afterAny"),
    JOIN_DEAD(
            205,
            "'%s' waits for all of %s, and no run comes past all of them",
            "write afterAny, if one of them is enough; or let all of them be on one way"),
    JOIN_OF_START(206, "'%s' names START in afterAll", "leave it out: every run begins there; or write after = START"),
    ROUTER_WITH_SUCCESSOR(
            207,
            "'%s' comes after '%s', which routes: a node that routes names all its successors in its route",
            "add '%1$s' to the route of '%2$s', and remove the edge"),
    TAKER_WITH_EDGE(
            208,
            "'%s' takes a sent %s, and an edge from '%s' would give it none",
            "remove the edge, or let it take none, too: @Nullable, Optional, or mayTake"),
    TAKER_AS_TARGET(
            209,
            "%s runs '%s' and carries nothing, but '%2$s' takes a sent %s",
            "send it a record; or let it take none, too: @Nullable, Optional, or mayTake"),
    ROUTE_OPEN(
            210,
            "'%s' cannot be a route: %s",
            "return an enum whose constants have @To or @End, a record that a node takes, or a sealed type of such records"),
    CASE_WITHOUT_TARGET(211, "%s says neither where it leads nor that it ends", "write @To(\"node\") or @End at it"),
    CASE_BOTH(212, "%s has @To and @End", "keep one"),
    CASE_WITHOUT_TAKER(
            213, "no node takes %s", "let one node take it as a parameter; or write @To(\"node\") or @End at it"),
    CASE_WITH_TAKERS(214, "%s is taken by more than one node: %s", "keep one of them; or use a record for each"),
    WRITERS_COLLIDE(
            215,
            "whenever '%s' runs, '%s' runs in the same superstep, and both write '%s', which keeps one value",
            "give '%3$s' a reducer, such as @Append; or let one of them run after the other"),
    NO_WAY_OUT(
            216,
            "from '%s' on no run of the graph ends by itself",
            "let a route end with @End, or expect the limit of supersteps"),
    WRITES_UNKNOWN(217, "'%s' writes '%s', which is no component of the state%s", "name a component of the state"),
    SUBGRAPH_SHARES_NOTHING(
            218,
            "'%s' shares no component with this graph's state, so nothing would go in or come back",
            "give both states a component of the same name, type and reducer"),
    SUBGRAPH_OTHER_REDUCER(
            219,
            "'%s' of the graph '%s' has the name and type of a component of this graph's state, but another reducer",
            "give both the same reducer, or rename one of them"),
    NODE_WITHOUT_BODY(220, "the node '%s' has no body", "end its description with leaf(…) or scope(…)"),
    NODE_FORMER_NAME(221, "the former name '%s' of '%s' is the name of a node, or was another one's", "remove it"),
    HANDLER_WITHOUT_ROUTE(
            222,
            "'%s' routes, and what stands in for it when it fails gives no route, so nothing would follow",
            "let it give a route, too"),
    COMPONENT_CONTAINER(
            223,
            "component '%s' has the type '%s', and nothing keeps nodes from changing it in place",
            "declare List, Set, Map or Collection, or SortedSet, NavigableSet, SortedMap or NavigableMap"),
    READS_UNKNOWN(224, "'%s' reads '%s', which is no component of the state%s", "name a component of the state"),
    NODE_RUNS_TWICE(
            225,
            "'%s' runs twice, as two ways of unequal length lead to it: %s, and %s",
            "if it should run once, when both have come, write %4$s"),
    COMPONENT_COPIED(
            226,
            "all of '%s' is copied for each node that takes it, because an element of '%s' may be one that can be changed",
            "for long lists, let elements be texts, numbers, enums, or records of these; or ignore it");

    private final int number;
    private final String problem;
    private final String fix;

    GraphRule(int number, String problem, String fix) {
        this.number = number;
        this.problem = problem;
        this.fix = fix;
    }

    /** The code, such as {@code CLEW204}. */
    public String code() {
        return String.format(Locale.ROOT, "CLEW%03d", number);
    }

    /** Whether a graph that breaks the rule cannot be built; else it only wants to be known. */
    public boolean isError() {
        return this != NO_WAY_OUT && this != NODE_RUNS_TWICE && this != COMPONENT_COPIED;
    }

    /** The code, what is wrong with the details filled in, and on a line of its own what to do. */
    public String message(Object... details) {
        return code() + ": " + String.format(Locale.ROOT, problem, details) + "\n  fix: "
                + String.format(Locale.ROOT, fix, details);
    }
}
