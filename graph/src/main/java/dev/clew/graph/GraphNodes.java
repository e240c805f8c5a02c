package dev.clew.graph;

import static java.util.stream.Collectors.joining;

import dev.clew.flow.NonDeterminismException;
import dev.clew.graph.fold.Channel;
import dev.clew.graph.plan.Planner;
import dev.clew.graph.topology.Topology;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes of a graph as the engine runs them; made once for all runs. Immutable and thread-safe. */
final class GraphNodes<S> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final GraphSpec<?, ?, S> spec;
    private final String prefix;
    private final Planner planner;
    private final Map<String, NodeSteps<S>> byName = new LinkedHashMap<>();
    private final StateForm form;

    /** The components whose values all nodes share. */
    private final BitSet shared = new BitSet();

    /** Components that runs had, and that were logged to be gone. */
    private final Set<String> loggedAsGone = ConcurrentHashMap.newKeySet();

    /** The pseudo node that an edit by hand can act as. */
    private final NodeSteps<S> start;

    GraphNodes(GraphSpec<?, ?, S> spec) {
        this(spec, "");
    }

    /** @param prefix what stands before the names of the nodes from outside: {@code writer/} in the node 'writer' */
    GraphNodes(GraphSpec<?, ?, S> spec, String prefix) {
        this.spec = spec;
        this.prefix = prefix;
        this.form = StateForm.of(spec.state().channels());
        List<Channel> channels = spec.state().channels().all();
        for (int i = 0; i < channels.size(); i++) {
            shared.set(i, Immutables.isShared(channels.get(i)));
        }
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

    /** Whether the values of a component are shared by all nodes, because nothing can change them. */
    boolean isShared(int component) {
        return shared.get(component);
    }

    /** The node of this name. One that is gone only reads what was stored of it. */
    NodeSteps<S> find(String node) {
        if (node.equals(Topology.START)) {
            return start;
        }
        NodeSteps<S> found = byName.get(planner.presentName(node));
        return found == null ? new NodeSteps<>(this, NodeSpec.gone(node)) : found;
    }

    /**
     * The present name of a node.
     *
     * @throws IllegalRequestException if there is none of this name
     */
    String known(String node) {
        String name = planner.presentName(node);
        if (!byName.containsKey(name) && !name.equals(Topology.START)) {
            throw new IllegalRequestException("the graph '" + spec.name() + "' has no node '" + node + "'"
                    + Names.didYouMean(node, byName.keySet()));
        }
        return name;
    }

    /**
     * What is given in a node's place.
     *
     * @throws IllegalRequestException if the node could not give it
     */
    @SuppressWarnings("unchecked") // an update of this state
    NodeResult<S> possible(String node, NodeResult<?> given) {
        StateUpdate<?> update = Results.update(given);
        Class<?> updated =
                update == null ? state().type() : update.changes().spec().type();
        if (updated != state().type()) {
            throw new IllegalRequestException("the graph '" + spec.name() + "' has the state "
                    + state().type().getSimpleName() + ", and the update is one of " + updated.getSimpleName());
        }
        NodeResult<S> result = (NodeResult<S>) given;
        find(node).requirePossible(result);
        // An edit is made and recorded once, so chance may name what it brings.
        return Objects.requireNonNull(new Preparation(UUID.randomUUID().toString(), 0).of(result, state()));
    }

    /** Blocks a run that began when a component had another type or reducer, unless the graph only warns of that. */
    void requireSameState(Scope scope) {
        Map<String, String> recorded = scope.note("state", StateForm.TYPE, form::byComponent);
        List<String> changes = form.changedFrom(recorded, state().channels());
        if (!changes.isEmpty()) {
            scope.differs(StateDriftException.changed(spec.name(), changes));
        }
        for (String gone : StateForm.gone(recorded, state().channels())) {
            if (loggedAsGone.add(gone)) {
                LOG.warn(
                        "the state of '{}' has no component '{}' any more; what runs recorded of it is left out",
                        spec.name(),
                        gone);
            }
        }
    }

    /** Why a superstep that was planned before cannot run: these nodes are gone. */
    NonDeterminismException gone(int superstep, List<String> nodes) {
        return new NonDeterminismException("superstep " + superstep + " of '" + spec.name() + "' runs "
                + nodes.stream()
                        .map(node -> "'" + node + "', which is no node of the graph any more"
                                + Names.didYouMean(node, byName.keySet()))
                        .collect(joining("; and "))
                + ". Bring it back, or write its name as a former one at the node that has its work now; then"
                + " Command.proceed() continues with everything that is recorded");
    }

    /**
     * The tasks that stand for the nodes, and for all that runs in graphs that are nodes: {@code inner/ask} is the node, or a
     * task, {@code ask} of the graph that is the node {@code inner}.
     */
    List<TaskSpec<?>> tasks() {
        List<TaskSpec<?>> tasks = new ArrayList<>();
        for (NodeSteps<S> node : byName.values()) {
            tasks.add(node.task());
            node.effectTask().ifPresent(task -> tasks.add(task.in(node.node().names())));
            GraphNodes<?> child = node.child();
            if (child != null) {
                List<String> outer = node.node().names();
                child.tasks().forEach(task -> tasks.add(task.in(outer)));
                child.spec().tasks().forEach(task -> tasks.add(task.in(outer)));
            }
        }
        return tasks;
    }

    /** The questions of the nodes, and of those in graphs that are nodes, by the names of the nodes around them. */
    Map<String, List<InterruptKey<?, ?>>> questions() {
        Map<String, List<InterruptKey<?, ?>>> questions = new LinkedHashMap<>();
        questions.put("", spec.ownQuestions());
        for (NodeSteps<S> node : byName.values()) {
            GraphNodes<?> child = node.child();
            if (child != null) {
                for (String name : node.node().names()) {
                    child.questions()
                            .forEach((place, asked) ->
                                    questions.put(place.isEmpty() ? name : name + "/" + place, asked));
                }
            }
        }
        return questions;
    }

    /** The nodes that say that they write a component. */
    List<String> writers(Channel component) {
        return spec.nodes().stream()
                .filter(node -> node.writes().contains(component.name()))
                .map(NodeSpec::name)
                .toList();
    }
}
