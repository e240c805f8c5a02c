package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.graph.plan.Planner;
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
    private final Planner planner;
    private final Map<String, NodeSteps<S>> byName = new LinkedHashMap<>();

    GraphNodes(GraphSpec<?, ?, S> spec) {
        this.spec = spec;
        Map<String, String> formerly = new HashMap<>();
        for (NodeSpec<S> node : spec.nodes()) {
            node.formerly().forEach(name -> formerly.put(name, node.name()));
            byName.put(node.name(), new NodeSteps<>(this, node));
        }
        this.planner = new Planner(spec.topology(), formerly);
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

    NodeSteps<S> find(String node) {
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
