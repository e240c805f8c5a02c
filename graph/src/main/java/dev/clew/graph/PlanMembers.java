package dev.clew.graph;

import dev.clew.graph.plan.Arrivals;
import dev.clew.graph.plan.Due;
import dev.clew.graph.plan.Plan;
import dev.clew.graph.plan.PlanReader;
import dev.clew.graph.plan.PlanWriter;
import dev.clew.graph.plan.Waiting;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a plan: one short text, because there is a plan for each superstep. Earlier versions stored its
 * components as members; these are still read.
 */
enum PlanMembers implements Members<Plan> {
    /** The one. */
    ONLY;

    private static final String PLAN = "plan";
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final TypeRef<Integer> NUMBER = TypeRef.of(Integer.class);
    private static final TypeRef<List<Due>> DUE = new TypeRef<List<Due>>() {};
    private static final TypeRef<List<Arrivals>> ARRIVALS = new TypeRef<List<Arrivals>>() {};
    private static final TypeRef<List<Waiting>> WAITING = new TypeRef<List<Waiting>>() {};
    private static final TypeRef<List<String>> PAUSE = new TypeRef<List<String>>() {};

    @Override
    public Map<String, TypeRef<?>> types() {
        return Map.of(PLAN, TEXT);
    }

    @Override
    public List<Member> of(Plan plan) {
        return List.of(new Member(PLAN, TEXT, PlanWriter.text(plan)));
    }

    @Override
    public Plan from(Stored stored) {
        return stored.names().contains(PLAN)
                ? ofText(Objects.requireNonNull(stored.get(PLAN, TEXT)))
                : ofComponents(stored);
    }

    private static Plan ofText(String text) {
        try {
            return PlanReader.read(text);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalRequestException(String.valueOf(damaged.getMessage()), damaged);
        }
    }

    private static Plan ofComponents(Stored stored) {
        return new Plan(
                Objects.requireNonNull(stored.get("number", NUMBER)),
                list(stored, "due", DUE),
                list(stored, "arrivals", ARRIVALS),
                list(stored, "waiting", WAITING),
                stored.names().contains("limit") ? Objects.requireNonNull(stored.get("limit", NUMBER)) : 0,
                list(stored, "pause", PAUSE));
    }

    private static <E> List<E> list(Stored stored, String name, TypeRef<List<E>> type) {
        @Nullable List<E> list = stored.names().contains(name) ? stored.get(name, type) : null;
        return list == null ? List.of() : list;
    }

    @Override
    public boolean isShared(Plan plan) {
        return true;
    }
}
