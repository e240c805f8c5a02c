package dev.clew.graph.random;

import dev.clew.graph.random.Behaviour.Go;
import dev.clew.graph.random.Behaviour.Result;
import dev.clew.graph.random.Behaviour.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What the updates of supersteps do to the state, as plainly as it can be said. */
final class ReferenceFold {
    State state;
    private List<String> notes = new ArrayList<>();
    private List<String> replaced = null;
    private String last = null;
    private int sum = 0;

    ReferenceFold(State start) {
        this.state = start;
    }

    /** Folds a superstep; the components that clash, or nothing. */
    String add(List<Result> results) {
        List<List<String>> replacements =
                results.stream().map(Result::replaced).filter(Objects::nonNull).toList();
        List<String> lasts =
                results.stream().map(Result::last).filter(Objects::nonNull).toList();
        Set<String> clashes = new TreeSet<>();
        clashes.addAll(replacements.size() > 1 ? Set.of("log") : Set.of());
        clashes.addAll(lasts.size() > 1 ? Set.of("last") : Set.of());
        if (!clashes.isEmpty()) {
            return clashes.toString();
        }
        List<String> log = new ArrayList<>(state.log());
        results.forEach(result -> log.addAll(result.notes()));
        if (replacements.isEmpty()) {
            (replaced == null ? notes : replaced).addAll(log.subList(state.log().size(), log.size()));
        } else {
            notes = new ArrayList<>();
            replaced = new ArrayList<>(replacements.get(0));
        }
        int added = results.stream().mapToInt(r -> zeroOr(r.sum())).sum();
        sum += added;
        last = lasts.isEmpty() ? last : lasts.get(0);
        state = new State(
                replacements.isEmpty() ? log : replacements.get(0),
                state.sum() + added,
                lasts.isEmpty() ? state.last() : lasts.get(0),
                state.inner()
                        + results.stream().mapToInt(r -> zeroOr(r.inner())).sum());
        return "";
    }

    private static int zeroOr(Integer number) {
        return number == null ? 0 : number;
    }

    /** What a graph in a node gives back: the updates of its supersteps, one after the other. */
    Result contribution(List<Go> route) {
        return new Result(notes, replaced, sum, last, null, route);
    }
}
