package dev.clew.graph;

import static java.util.stream.Collectors.joining;

import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.GraphRule;
import dev.clew.value.ClewException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph that was described at run time cannot be built. The message has everything that is wrong with it, with the codes
 * and texts that the compiler has for annotated graphs.
 *
 * <pre>{@code
 * the graph 'tool-agent' cannot be built:
 * CLEW200: after of 'tools' names 'modle', which is no node of the graph; did you mean 'model'?
 *   fix: name a node, or declare one of that name
 * }</pre>
 */
public final class InvalidGraphException extends ClewException {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Kept> findings = new ArrayList<>();

    /** A finding in a form that can be serialized. */
    private record Kept(GraphRule rule, String node, Finding.Part part, String detail, String message)
            implements Serializable {}

    InvalidGraphException(String graph, List<Finding> findings) {
        super("the graph '" + graph + "' cannot be built:\n"
                + findings.stream().map(Finding::message).collect(joining("\n")));
        findings.forEach(each ->
                this.findings.add(new Kept(each.rule(), each.node(), each.part(), each.detail(), each.message())));
    }

    /** What is wrong. */
    public List<Finding> findings() {
        return findings.stream()
                .map(each -> new Finding(each.rule(), each.node(), each.part(), each.detail(), each.message()))
                .toList();
    }
}
