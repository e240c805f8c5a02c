package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.value.CodecException;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node gave, as it is stored: its update, and its route.
 *
 * <ul>
 *   <li>{@code "goto@Verdict"} is a route of the type {@code Verdict}, {@code "gotoAll@Verdict"} a list of them.
 *   <li>{@code "send"} and {@code "sends"} are routes by name, or of several types, as {@link SendMembers} has them.
 *   <li>{@code "goto"} and {@code "gotoAll"} are what was stored while types had no names: the first type is taken that can
 *       read it, those of the node before those of its handler.
 * </ul>
 */
final class ResultMembers<S> implements Members<NodeResult<S>> {
    private static final String UPDATE = "update";
    private static final String ONE = "goto";
    private static final String ALL = "gotoAll";
    private static final String SEND = "send";
    private static final String SENDS = "sends";

    /** Between the kind of a route and the name of its type. */
    private static final char OF = '@';

    private final TypeRef<StateUpdate<S>> update;
    private final StateSpec<S> state;
    private final RouteForms routes;
    private final boolean isNamed;

    /** Whether the graph has no such node any more: then only the update can be read. */
    private final boolean isGone;

    private final TypeRef<List<Object>> sends;

    /** The components of which no update needs a copy. */
    private final Set<String> plain = new HashSet<>();

    ResultMembers(NodeSpec<S> node, StateSpec<S> state, List<NodeSpec<S>> nodes) {
        this.state = state;
        this.update = state.storedUpdateType();
        this.routes = RouteForms.of(node);
        this.isNamed =
                !node.ways().names().isEmpty() || !node.handlerWays().names().isEmpty();
        this.isGone = nodes.stream().noneMatch(each -> each.name().equals(node.name()));
        this.sends = SendMembers.type(nodes, routes);
        state.channels().all().stream()
                .filter(channel -> Immutables.isPlain(channel.type().type())
                        && Immutables.isPlain(channel.updateType().type()))
                .map(Channel::name)
                .forEach(plain::add);
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
        for (RouteSpec type : routes.types()) {
            types.put(ONE + OF + routes.name(type), RouteForms.ref(type));
            types.put(ALL + OF + routes.name(type), TypeRef.listOf(RouteForms.ref(type)));
        }
        if (isNamed || routes.types().size() != 1) {
            types.put(SENDS, sends);
        }
        return types;
    }

    @Override
    public boolean isShared(NodeResult<S> result) {
        return plain.containsAll(Results.writes(result).byComponent().keySet())
                && (!(result instanceof RoutedUpdate<?, ?> routed) || isPlain(routed.routes()));
    }

    private static boolean isPlain(List<?> routes) {
        for (Object route : routes) {
            if (!(route instanceof Enum<?>)) {
                return false;
            }
        }
        return true;
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

    private Member route(Object given, List<?> all) {
        boolean isMany = given instanceof List<?>;
        RouteSpec type = common(all);
        if (type == null) {
            return new Member(isMany ? SENDS : SEND, sends, all);
        }
        TypeRef<?> ref = RouteForms.ref(type);
        return isMany
                ? new Member(ALL + OF + routes.name(type), TypeRef.listOf(ref), all)
                : new Member(ONE + OF + routes.name(type), ref, given);
    }

    /** The one type that has all these routes as cases; null if they are of several, or name nodes. */
    private @Nullable RouteSpec common(List<?> all) {
        if (all.isEmpty()) {
            return routes.types().size() == 1 ? routes.types().get(0) : null;
        }
        RouteSpec type = routes.of(all.get(0));
        for (int i = 1; i < all.size() && type != null; i++) {
            type = type.find(all.get(i)) == null ? null : type;
        }
        return type;
    }

    @Override
    public NodeResult<S> from(Stored stored) {
        StateUpdate<S> changed = stored.names().contains(UPDATE)
                ? Objects.requireNonNull(stored.get(UPDATE, update))
                : state.changes().update();
        for (String name : stored.names()) {
            if (!name.equals(UPDATE) && !isGone) {
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
        int of = name.indexOf(OF);
        String kind = of < 0 ? name : name.substring(0, of);
        return read(name, kind.equals(ALL), routes.named(of < 0 ? null : name.substring(of + 1)), stored);
    }

    /** A route of the first of these types that can read it. */
    private static Object read(String name, boolean isMany, List<RouteSpec> types, Stored stored) {
        CodecException first = null;
        for (RouteSpec type : types) {
            TypeRef<?> ref = isMany ? TypeRef.listOf(RouteForms.ref(type)) : RouteForms.ref(type);
            try {
                return Objects.requireNonNull(stored.get(name, ref));
            } catch (CodecException other) {
                first = first == null ? other : first;
            }
        }
        if (first != null) {
            throw first;
        }
        throw new IllegalRequestException("the node has no route of the type of '" + name + "' any more");
    }
}
