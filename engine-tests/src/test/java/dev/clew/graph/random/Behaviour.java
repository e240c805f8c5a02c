package dev.clew.graph.random;

import dev.clew.graph.random.Shape.Case;
import dev.clew.graph.random.Shape.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the nodes of a random graph do: a function of the node, what was sent to it, and the state. */
final class Behaviour {
    private Behaviour() {}

    /**
     * A state.
     *
     * @param log has a reducer that appends
     * @param sum has a reducer that adds
     * @param last keeps its last value
     * @param inner has a reducer that adds; graphs in nodes do not share it
     */
    record State(List<String> log, int sum, String last, int inner) {
        static final State START = new State(List.of(), 0, null, 0);

        State withInner(int other) {
            return new State(log, sum, last, other);
        }
    }

    /**
     * What an execution gives; null where it leaves a component alone.
     *
     * @param notes are appended to the log
     * @param replaced takes the place of the log
     */
    record Result(List<String> notes, List<String> replaced, Integer sum, String last, Integer inner, List<Go> route) {}

    /** One element of a route: a case, and the record that is sent if the case has a taker. */
    record Go(Case to, int record) {}

    static Result run(Vertex vertex, int number, Integer record, State state) {
        int chance = chance(number, record, state);
        boolean replaces = Math.floorMod(chance, 29) == 0;
        return new Result(
                replaces ? List.of() : List.of(number + "/" + record + "/" + Math.floorMod(chance, 97)),
                replaces ? List.of("r" + number) : null,
                Math.floorMod(chance, 3) == 0 ? null : Math.floorMod(chance, 11),
                Math.floorMod(chance, 23) == 1 ? "l" + number : null,
                Math.floorMod(chance, 5) == 0 ? 1 : null,
                vertex.routes() ? route(vertex, chance) : null);
    }

    /** How a node goes on that is a graph. */
    static List<Go> routeOfChild(Vertex vertex, int number, State state) {
        return vertex.routes() ? route(vertex, chance(number, null, state)) : null;
    }

    private static int chance(int number, Integer record, State state) {
        int hash = Objects.hash(number, record, state.log(), state.sum(), state.last(), state.inner()) * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }

    private static List<Go> route(Vertex vertex, int chance) {
        List<Go> route = new ArrayList<>();
        int count = vertex.many() ? Math.floorMod(chance >> 3, 4) : 1;
        for (int i = 0; i < count; i++) {
            Case to = vertex.cases()
                    .get(Math.floorMod(chance + i * 7, vertex.cases().size()));
            route.add(new Go(to, Math.floorMod(chance + i, 5)));
        }
        return route;
    }
}
