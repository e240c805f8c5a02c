package dev.clew.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type that nodes route by, and where each of its cases leads: an enum, a record, or a sealed type of records.
 *
 * <pre>{@code
 * RouteSpec editor = RouteSpec.of(Editor.class);   // reads @To and @End
 * RouteSpec editor = RouteSpec.builder(Editor.class).to(Editor.AGAIN, "write").end(Editor.DONE).build();
 * }</pre>
 *
 * @param type the type
 * @param cases its cases, in the order of their declaration
 * @param misfit why it cannot be a route, or null if it can
 */
public record RouteSpec(
        Class<?> type, List<Case> cases, @Nullable String misfit) {
    public RouteSpec {
        cases = List.copyOf(cases);
    }

    /**
     * One case of a route.
     *
     * <pre>{@code
     * RouteSpec.of(Editor.class).cases().get(0).targets();   // [write]
     * }</pre>
     *
     * @param key the constant, or the class of the record
     * @param targets the nodes that it runs, from {@code @To}
     * @param isEnd whether it has {@code @End}
     */
    public record Case(Object key, List<String> targets, boolean isEnd) {
        public Case {
            targets = List.copyOf(targets);
        }

        /** The name of the constant, or of the record's class. */
        public String label() {
            return key instanceof Enum<?> constant ? constant.name() : ((Class<?>) key).getSimpleName();
        }

        /** Whether it is a record that a node takes. */
        public boolean isSent() {
            return key instanceof Class<?> && targets.isEmpty() && !isEnd;
        }
    }

    /** The route that a type is, as its annotations say. */
    public static RouteSpec of(Class<?> type) {
        return new RouteReader(type).read();
    }

    /** Begins a route without annotations, for generated code. */
    public static Builder builder(Class<?> type) {
        return new Builder(type);
    }

    /** The case of a route, or null if it is none of this type. */
    @Nullable
    Case find(Object route) {
        Object key = route instanceof Enum<?> ? route : route.getClass();
        for (Case each : cases) {
            if (each.key().equals(key)) {
                return each;
            }
        }
        return null;
    }

    /**
     * Collects the cases of a route. Not thread-safe.
     *
     * <pre>{@code
     * RouteSpec.builder(Verdict.class).sent(Verdict.Good.class).sent(Verdict.Weak.class).build()
     * }</pre>
     */
    public static final class Builder {
        private final Class<?> type;
        private final List<Case> cases = new ArrayList<>();

        private Builder(Class<?> type) {
            this.type = type;
        }

        /** A constant, or a record's class, that runs these nodes. */
        public Builder to(Object key, String... nodes) {
            cases.add(new Case(key, List.of(nodes), false));
            return this;
        }

        /** A constant, or a record's class, that ends the branch. */
        public Builder end(Object key) {
            cases.add(new Case(key, List.of(), true));
            return this;
        }

        /** A record that a node takes. */
        public Builder sent(Class<?> type) {
            cases.add(new Case(type, List.of(), false));
            return this;
        }

        /** The route. */
        public RouteSpec build() {
            return new RouteSpec(type, cases, null);
        }
    }
}
