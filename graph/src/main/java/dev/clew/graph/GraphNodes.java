package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.graph.plan.Planner;
import dev.clew.graph.topology.Topology;
import dev.clew.spi.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The nodes of a graph as the engine runs them; made once for all runs. Immutable and thread-safe. */
final class GraphNodes<S> {
    private final GraphSpec<?, ?, S> spec;
    private final String prefix;
    private final Planner planner;
    private final Map<String, NodeSteps<S>> byName = new LinkedHashMap<>();

    /** The pseudo node that an edit by hand can act as. */
    private final NodeSteps<S> start;

    GraphNodes(GraphSpec<?, ?, S> spec) {
        this(spec, "");
    }

    /** @param prefix what stands before the names of the nodes from outside: {@code writer/} in the node 'writer' */
    GraphNodes(GraphSpec<?, ?, S> spec, String prefix) {
        this.spec = spec;
        this.prefix = prefix;
        Map<String, String> formerly = new HashMap<>();
        for (NodeSpec<S> node : spec.nodes()) {
            node.formerly().forEach(name -> formerly.put(name, node.name()));
            byName.put(node.name(), new NodeSteps<>(this, node));
        }
        this.planner = new Planner(spec.topology(), formerly);
        this.start = new NodeSteps<>(this, NodeSpec.start());
    }

    GraphSpec<?, ?, S> spec() {
        return spec;
    }

    StateSpec<S> state() {
        return spec.state();
    }

    Planner planner() {
        return planner;
    }

    /** How a node is named from outside of the graph that the run runs. */
    String id(String node) {
        return prefix + node;
    }

    NodeSteps<S> find(String node) {
        if (node.equals(Topology.START)) {
            return start;
        }
        return Objects.requireNonNull(byName.get(planner.presentName(node)));
    }

    /** The tasks that stand for the nodes. */
    List<TaskSpec<?>> tasks() {
        List<TaskSpec<?>> tasks = new ArrayList<>();
        byName.values().forEach(node -> tasks.add(node.task()));
        return tasks;
    }

    /** The nodes that say that they write a component. */
    List<String> writers(Channel component) {
        return spec.nodes().stream()
                .filter(node -> node.writes().contains(component.name()))
                .map(NodeSpec::name)
                .toList();
    }
}
