package dev.clew.graph.random;

import static java.util.stream.Collectors.toCollection;

import dev.clew.graph.topology.Finding;
import dev.clew.graph.topology.GraphRule;
import dev.clew.graph.topology.RouteCase;
import dev.clew.graph.topology.Routes;
import dev.clew.graph.topology.Topology;
import dev.clew.graph.topology.TopologyCheck;
import dev.clew.graph.topology.TopologyNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** A graph without code. Nodes are numbers in the order of their declaration. */
record Shape(List<Vertex> vertices) {
    static final int START = -1;

    /**
     * A node.
     *
     * @param takes whether it runs for records only
     * @param child the graph that it is, or null
     */
    record Vertex(
            Set<Integer> after,
            Set<Integer> all,
            boolean defer,
            boolean takes,
            List<Case> cases,
            boolean many,
            Shape child) {
        boolean routes() {
            return !cases.isEmpty();
        }
    }

    /** What a route may be: nodes to run, a node that takes a record, or neither. */
    record Case(Set<Integer> targets, Integer taker) {}

    static Shape random(Random random, int depth) {
        return new Making(random, depth).shape();
    }

    /** Draws a graph that is allowed, but need not be sensible. */
    private static final class Making {
        private final Random random;
        private final int depth;
        private final int size;
        private final Set<Integer> routers;
        private final Set<Integer> takers;
        private final Set<Integer> takersOnly;

        Making(Random random, int depth) {
            this.random = random;
            this.depth = depth;
            this.size = 1 + random.nextInt(depth == 0 ? 12 : 4);
            this.routers = some(0.3);
            this.takers = some(0.25);
            takers.remove(0);
            this.takersOnly = new LinkedHashSet<>(takers);
            takersOnly.removeIf(i -> random.nextInt(3) == 0);
        }

        private Set<Integer> some(double chance) {
            return IntStream.range(0, size)
                    .filter(i -> random.nextDouble() < chance)
                    .boxed()
                    .collect(toCollection(LinkedHashSet::new));
        }

        private Set<Integer> plain(double chance) {
            Set<Integer> some = some(chance);
            some.removeAll(routers);
            return some;
        }

        Shape shape() {
            List<Vertex> vertices = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                vertices.add(vertex(i));
            }
            return new Shape(vertices);
        }

        private Vertex vertex(int i) {
            boolean takes = takersOnly.contains(i);
            Set<Integer> after = takes ? Set.of() : plain(1.2 / size);
            Set<Integer> all = takes || random.nextInt(3) > 0 ? Set.of() : plain(2.0 / size);
            if (i == 0 || (!takes && random.nextInt(5) == 0)) {
                after = new LinkedHashSet<>(after);
                after.add(START);
            }
            List<Case> cases = new ArrayList<>();
            if (routers.contains(i)) {
                int count = 1 + random.nextInt(4);
                while (cases.size() < count) {
                    cases.add(route());
                }
            }
            boolean isChild = depth < 2 && !takers.contains(i) && random.nextInt(8) == 0;
            return new Vertex(
                    after,
                    all,
                    random.nextInt(6) == 0,
                    takes,
                    cases,
                    random.nextBoolean(),
                    isChild ? random(random, depth + 1) : null);
        }

        private Case route() {
            if (!takers.isEmpty() && random.nextBoolean()) {
                return new Case(Set.of(), pick(takers));
            }
            Set<Integer> targets = some(1.5 / size);
            targets.removeAll(takersOnly);
            return new Case(targets, null);
        }

        private int pick(Collection<Integer> numbers) {
            return List.copyOf(numbers).get(random.nextInt(numbers.size()));
        }
    }

    static String name(int vertex) {
        return vertex == START ? Topology.START : "n" + vertex;
    }

    /**
     * The same graph as a builder takes it: graphs in nodes do not route, every node is reached, and no join is dead.
     */
    Shape sound() {
        Shape shape = new Shape(vertices.stream().map(Shape::plainChild).toList());
        for (List<Finding> errors = shape.errors(); !errors.isEmpty(); errors = shape.errors()) {
            shape = shape.without(errors.get(0));
        }
        return shape;
    }

    private static Vertex plainChild(Vertex v) {
        return v.child() == null
                ? v
                : new Vertex(
                        v.after(),
                        v.all(),
                        v.defer(),
                        v.takes(),
                        List.of(),
                        v.many(),
                        v.child().sound());
    }

    private List<Finding> errors() {
        Shape loose = new Shape(vertices.stream().map(Shape::loose).toList());
        return TopologyCheck.of(loose.topology(), Set.of()).stream()
                .filter(Finding::isError)
                .toList();
    }

    /** The node as a builder knows it: it may go to any of its targets, or end. */
    private static Vertex loose(Vertex v) {
        Set<Case> cases = new LinkedHashSet<>();
        for (Case route : v.cases()) {
            route.targets().forEach(target -> cases.add(new Case(Set.of(target), null)));
            cases.add(new Case(Set.of(), route.taker()));
            cases.add(new Case(Set.of(), null));
        }
        return new Vertex(v.after(), v.all(), v.defer(), v.takes(), List.copyOf(cases), true, v.child());
    }

    private Shape without(Finding error) {
        int node = Integer.parseInt(error.node().substring(1));
        Vertex v = vertices.get(node);
        Set<Integer> after = new LinkedHashSet<>(v.after());
        boolean isDead = error.rule() == GraphRule.JOIN_DEAD;
        if (!isDead || after.isEmpty()) {
            after.add(START);
        }
        List<Vertex> changed = new ArrayList<>(vertices);
        changed.set(
                node, new Vertex(after, isDead ? Set.of() : v.all(), v.defer(), false, v.cases(), v.many(), v.child()));
        return new Shape(changed);
    }

    /** Whether records are sent to a node. */
    boolean isSentTo(int node) {
        return vertices.stream()
                .flatMap(vertex -> vertex.cases().stream())
                .anyMatch(to -> to.taker() != null && to.taker() == node);
    }

    private static List<String> names(Collection<Integer> numbers) {
        return numbers.stream().map(Shape::name).toList();
    }

    Topology topology() {
        List<TopologyNode> nodes = new ArrayList<>();
        for (int i = 0; i < vertices.size(); i++) {
            Vertex vertex = vertices.get(i);
            List<RouteCase> cases = vertex.cases().stream()
                    .map(c -> new RouteCase("c", names(c.targets()), c.taker() == null ? null : name(c.taker())))
                    .toList();
            nodes.add(new TopologyNode(
                    name(i),
                    new TopologyNode.Edges(names(vertex.after()), names(vertex.all()), vertex.defer()),
                    new TopologyNode.Takes(vertex.takes() ? "Integer" : "", true),
                    new Routes(cases, vertex.many()),
                    Routes.NONE,
                    List.of(),
                    vertex.child() == null ? null : vertex.child().topology()));
        }
        return new Topology("random", nodes);
    }
}
