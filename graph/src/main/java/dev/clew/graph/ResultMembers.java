package dev.clew.graph;

import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a node gave, as it is stored: its update, and its route. Of a node that routes by one type the route is a value of that
 * type, or a list of them.
 */
final class ResultMembers<S> implements Members<NodeResult<S>> {
    private static final String UPDATE = "update";
    private static final String ONE = "goto";
    private static final String ALL = "gotoAll";
    private static final String SEND = "send";
    private static final String SENDS = "sends";

    private final TypeRef<StateUpdate<S>> update;
    private final StateSpec<S> state;
    private final @Nullable TypeRef<?> route;
    private final TypeRef<List<Object>> sends;

    ResultMembers(NodeSpec<S> node, StateSpec<S> state, List<NodeSpec<S>> nodes) {
        this.state = state;
        this.update = state.storedUpdateType();
        List<RouteSpec> routes = Stream.of(node.ways(), node.handlerWays())
                .flatMap(ways -> ways.types().stream())
                .distinct()
                .toList();
        boolean isNamed =
                !node.ways().names().isEmpty() || !node.handlerWays().names().isEmpty();
        this.route = routes.size() == 1 && !isNamed ? TypeRef.of(routes.get(0).type()) : null;
        this.sends = SendMembers.type(nodes, routes);
    }

    /** The type of what a node gives. */
    @SuppressWarnings("unchecked")
    static <S> TypeRef<NodeResult<S>> type(NodeSpec<S> node, StateSpec<S> state, List<NodeSpec<S>> nodes) {
        Class<NodeResult<S>> raw = (Class<NodeResult<S>>) (Class<?>) NodeResult.class;
        return TypeRef.of(raw, new ResultMembers<>(node, state, nodes));
    }

    @Override
    public Map<String, TypeRef<?>> types() {
        Map<String, TypeRef<?>> types = new LinkedHashMap<>();
        types.put(UPDATE, update);
        if (route != null) {
            types.put(ONE, route);
            types.put(ALL, TypeRef.listOf(route));
        } else {
            types.put(SENDS, sends);
        }
        return types;
    }

    @Override
    public List<Member> of(NodeResult<S> result) {
        List<Member> members = new ArrayList<>();
        StateUpdate<S> changed = Results.update(result);
        if (changed != null && !changed.changes().writes().isEmpty()) {
            members.add(new Member(UPDATE, update, changed));
        }
        if (result instanceof RoutedUpdate<?, ?> routed) {
            members.add(route(routed.route(), routed.routes()));
        }
        return members;
    }

    private Member route(Object given, List<?> routes) {
        boolean isMany = given instanceof List<?>;
        if (route == null) {
            return new Member(isMany ? SENDS : SEND, sends, routes);
        }
        return isMany ? new Member(ALL, TypeRef.listOf(route), routes) : new Member(ONE, route, given);
    }

    @Override
    public NodeResult<S> from(Stored stored) {
        StateUpdate<S> changed = stored.names().contains(UPDATE)
                ? Objects.requireNonNull(stored.get(UPDATE, update))
                : state.changes().update();
        for (String name : stored.names()) {
            if (!name.equals(UPDATE)) {
                return changed.goTo(routed(name, stored));
            }
        }
        return changed;
    }

    private Object routed(String name, Stored stored) {
        if (name.equals(SEND)) {
            return Objects.requireNonNull(stored.get(name, sends)).get(0);
        }
        if (name.equals(SENDS)) {
            return Objects.requireNonNull(stored.get(name, sends));
        }
        TypeRef<?> type = Objects.requireNonNull(route);
        Object found = name.equals(ONE) ? stored.get(name, type) : stored.get(name, TypeRef.listOf(type));
        return Objects.requireNonNull(found);
    }
}
