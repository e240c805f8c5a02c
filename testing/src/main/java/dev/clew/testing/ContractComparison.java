package dev.clew.testing;

import dev.clew.testing.ContractChange.Meaning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the workflows of two contracts, which are plain data. */
final class ContractComparison {
    private final Map<?, ?> before;
    private final Map<?, ?> now;
    private final List<ContractChange> changes = new ArrayList<>();

    ContractComparison(Map<?, ?> before, Map<?, ?> now) {
        this.before = before;
        this.now = now;
    }

    List<ContractChange> changes() {
        members(before, now, "workflow", "", Meaning.GONE, this::workflow);
        changes.sort(Comparator.comparing(ContractChange::meaning).thenComparing(ContractChange::place));
        return List.copyOf(changes);
    }

    /** Compares two that stand for each other. */
    private interface Pairs {
        void compare(String place, Map<?, ?> before, Map<?, ?> now);
    }

    /** Pairs what has the same name, or had it formerly. */
    private void members(Map<?, ?> old, Map<?, ?> fresh, String kind, String where, Meaning missing, Pairs pairs) {
        old.forEach((name, was) -> {
            String place = where + kind + " '" + name + "'";
            Optional<Map<?, ?>> found = Optional.<Map<?, ?>>of(map(fresh.get(name)))
                    .filter(same -> fresh.containsKey(name))
                    .or(() -> fresh.values().stream()
                            .<Map<?, ?>>map(ContractComparison::map)
                            .filter(other -> other.get("formerly") instanceof List<?> names && names.contains(name))
                            .findFirst());
            found.ifPresentOrElse(is -> pairs.compare(place, map(was), is), () -> changed(missing, place, "is gone"));
        });
        fresh.keySet().stream()
                .filter(name -> !old.containsKey(name))
                .forEach(name ->
                        changed(Meaning.HARMLESS, where + kind + " '" + name + "'", "is new, or has a new name"));
    }

    private void workflow(String place, Map<?, ?> was, Map<?, ?> is) {
        value(place + ", input", was.get("input"), is.get("input"), Meaning.REFUSES, Meaning.LOSES);
        value(place + ", result", was.get("output"), is.get("output"), Meaning.REFUSES, Meaning.LOSES);
        value(place + ", what it saves", was.get("saved"), is.get("saved"), Meaning.REFUSES, Meaning.LOSES);
        members(map(was.get("steps")), map(is.get("steps")), "step", place + ", ", Meaning.GONE, this::step);
        members(
                map(was.get("questions")),
                map(is.get("questions")),
                "question",
                place + ", ",
                Meaning.ASKS_ANEW,
                (question, asked, asks) -> {
                    value(question, asked.get("question"), asks.get("question"), Meaning.ASKS_ANEW, Meaning.ASKS_ANEW);
                    value(
                            question + ", answer",
                            asked.get("answer"),
                            asks.get("answer"),
                            Meaning.ASKS_ANEW,
                            Meaning.ASKS_ANEW);
                });
    }

    private void step(String place, Map<?, ?> was, Map<?, ?> is) {
        if (!String.valueOf(was.get("kind")).equals(String.valueOf(is.get("kind")))) {
            changed(Meaning.CALLS, place, "was " + was.get("kind") + " and is " + is.get("kind"));
        }
        List<?> old = list(was.get("parameters"));
        List<?> fresh = list(is.get("parameters"));
        if (old.size() != fresh.size()) {
            changed(Meaning.CALLS, place, "has " + fresh.size() + " parameters and had " + old.size());
        }
        for (int i = 0; i < Math.min(old.size(), fresh.size()); i++) {
            Map<?, ?> parameter = map(old.get(i));
            value(
                    place + ", parameter '" + parameter.get("name") + "'",
                    parameter.get("value"),
                    map(fresh.get(i)).get("value"),
                    Meaning.CALLS,
                    Meaning.CALLS);
        }
        value(place + ", result", was.get("result"), is.get("result"), Meaning.REFUSES, Meaning.LOSES);
    }

    private void value(String place, @Nullable Object was, @Nullable Object is, Meaning refuses, Meaning loses) {
        if (was == null && is == null) {
            return;
        } else if (was == null || is == null) {
            changed(was == null ? Meaning.HARMLESS : refuses, place, was == null ? "is new" : "is gone");
            return;
        }
        SchemaComparison comparison = new SchemaComparison(map(was), map(is));
        comparison.compare().forEach(difference -> {
            Meaning meaning = switch (difference.kind()) {
                case REFUSED -> refuses;
                case LOST -> loses;
                case NEW -> Meaning.HARMLESS;
            };
            changed(meaning, place + " at " + difference.path(), difference.detail());
        });
    }

    private void changed(Meaning meaning, String place, String detail) {
        changes.add(new ContractChange(meaning, place, detail));
    }

    static Map<?, ?> map(@Nullable Object of) {
        return of instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(@Nullable Object of) {
        return of instanceof List<?> list ? list : List.of();
    }
}
