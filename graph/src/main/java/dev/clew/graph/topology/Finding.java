package dev.clew.graph.topology;

/**
 * Something that is wrong with a graph, or that its author should know.
 *
 * <pre>{@code
 * try {
 *   agent.build();
 * } catch (InvalidGraphException e) {
 *   e.findings().forEach(finding -> System.err.println(finding.message()));
 * }
 * }</pre>
 *
 * @param rule which rule says so
 * @param node the node that it is about; empty if it is about the whole graph
 * @param part which part of the node
 * @param detail what in that part: the name in an edge, the label of a case, a component; empty for all of it
 * @param message the code, what is wrong, and what to do
 */
public record Finding(GraphRule rule, String node, Part part, String detail, String message) {
    /**
     * What of a node a finding is about.
     *
     * <pre>{@code
     * finding.part() == Finding.Part.JOIN
     * }</pre>
     */
    public enum Part {
        /** The node itself. */
        NODE,
        /** Its {@code after} and {@code afterAny}. */
        AFTER,
        /** Its {@code afterAll}. */
        JOIN,
        /** What it answers with. */
        ROUTE,
        /** What is sent to it. */
        TAKES,
        /** What it says that it writes. */
        WRITES,
        /** What stands in for it when it fails. */
        ON_ERROR
    }

    /** A finding whose message is that of the rule. */
    public static Finding of(GraphRule rule, String node, Part part, String detail, Object... details) {
        return new Finding(rule, node, part, detail, rule.message(details));
    }

    /** The rule's code. */
    public String code() {
        return rule.code();
    }

    /** Whether the graph cannot be built. */
    public boolean isError() {
        return rule.isError();
    }
}
