package dev.clew.graph;

import static java.util.stream.Collectors.joining;

import dev.clew.graph.topology.Finding;
import dev.clew.value.ClewException;
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

    private final transient List<Finding> findings;

    InvalidGraphException(String graph, List<Finding> findings) {
        super("the graph '" + graph + "' cannot be built:\n"
                + findings.stream().map(Finding::message).collect(joining("\n")));
        this.findings = new ArrayList<>(findings);
    }

    /** What is wrong. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }
}
