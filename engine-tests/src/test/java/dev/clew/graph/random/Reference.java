package dev.clew.graph.random;

import dev.clew.graph.random.Behaviour.Go;
import dev.clew.graph.random.Behaviour.Result;
import dev.clew.graph.random.Behaviour.State;
import dev.clew.graph.random.Shape.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a graph does, as plainly as it can be said. */
final class Reference {
    private record Task(int node, Integer record) {}

    private final Shape shape;
    private final Map<Integer, Set<Integer>> arrived = new TreeMap<>();
    private final Map<Integer, List<Task>> waiting = new TreeMap<>();
    private final List<List<String>> trace = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final ReferenceFold fold;
    private int executions;
    private boolean isWide;

    Reference(Shape shape, State start) {
        this.shape = shape;
        this.fold = new ReferenceFold(start);
        states.add(start);
    }

    /** How many executions there were, those of graphs in nodes included. */
    int executions() {
        return executions;
    }

    /** Whether it stopped, or a graph in a node did, because a superstep was too wide: for an engine there is no such limit. */
    boolean isWide() {
        return isWide;
    }

    Ending run() {
        List<Task> due = due(where(v -> v.after().contains(Shape.START)), List.of());
        while (!due.isEmpty()) {
            if (trace.size() == Ending.SUPERSTEPS || due.size() > Ending.EXECUTIONS) {
                isWide |= trace.size() < Ending.SUPERSTEPS;
                return ending("LIMIT");
            }
            executions += due.size();
            trace.add(due.stream()
                    .map(t -> Shape.name(t.node()) + ":" + t.record())
                    .toList());
            List<Result> results = new ArrayList<>();
            for (Task task : due) {
                Vertex vertex = shape.vertices().get(task.node());
                if (vertex.child() == null) {
                    results.add(Behaviour.run(vertex, task.node(), task.record(), fold.state));
                    continue;
                }
                Reference child = new Reference(vertex.child(), fold.state.withInner(0));
                Ending end = child.run();
                executions += child.executions;
                isWide |= child.isWide;
                if (!end.how().equals("END")) {
                    return ending("CHILD");
                }
                results.add(child.fold.contribution(Behaviour.routeOfChild(vertex, task.node(), fold.state)));
            }
            String clash = fold.add(results);
            if (!clash.isEmpty()) {
                return ending("CLASH" + clash);
            }
            states.add(fold.state);
            due = next(due, results);
        }
        return ending("END");
    }

    private List<Task> next(List<Task> ran, List<Result> results) {
        Set<Integer> edges = new TreeSet<>();
        List<Task> sent = new ArrayList<>();
        for (int i = 0; i < ran.size(); i++) {
            int node = ran.get(i).node();
            if (results.get(i).route() == null) {
                edges.addAll(where(v -> v.after().contains(node)));
                where(v -> v.all().contains(node))
                        .forEach(join -> arrived.computeIfAbsent(join, n -> new TreeSet<>())
                                .add(node));
            } else {
                for (Go go : results.get(i).route()) {
                    edges.addAll(go.to().targets());
                    if (go.to().taker() != null) {
                        sent.add(new Task(go.to().taker(), go.record()));
                    }
                }
            }
        }
        for (int join : List.copyOf(arrived.keySet())) {
            if (arrived.get(join).equals(shape.vertices().get(join).all())) {
                arrived.remove(join);
                edges.add(join);
            }
        }
        return due(edges, sent);
    }

    /** What runs next: edges by declaration, then records as they were sent; deferred nodes when nothing else does. */
    private List<Task> due(Set<Integer> edges, List<Task> sent) {
        List<Task> due =
                new ArrayList<>(edges.stream().map(node -> new Task(node, null)).toList());
        due.addAll(sent);
        for (Task task : List.copyOf(due)) {
            if (shape.vertices().get(task.node()).defer()) {
                due.remove(task);
                List<Task> kept = waiting.computeIfAbsent(task.node(), n -> new ArrayList<>());
                if (task.record() != null || !kept.contains(task)) {
                    kept.add(task.record() == null ? 0 : kept.size(), task);
                }
            }
        }
        return due.isEmpty() && !waiting.isEmpty()
                ? waiting.remove(waiting.keySet().iterator().next())
                : due;
    }

    private Set<Integer> where(Predicate<Vertex> wanted) {
        Set<Integer> found = new TreeSet<>();
        for (int i = 0; i < shape.vertices().size(); i++) {
            if (wanted.test(shape.vertices().get(i))) {
                found.add(i);
            }
        }
        return found;
    }

    private Ending ending(String how) {
        List<String> joins = new ArrayList<>();
        arrived.forEach((join, members) -> joins.add(Shape.name(join) + members));
        return new Ending(how, states, trace, joins);
    }
}
