package dev.clew.graph;

import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The route types of a node and its handler, each with the name by which stored routes tell them apart: the simple name of its
 * class, or its full name where two have one simple name. Both names are read.
 */
final class RouteForms {
    private final List<RouteSpec> types;
    private final Map<Class<?>, String> names = new HashMap<>();

    private RouteForms(List<RouteSpec> types) {
        this.types = types;
        Set<String> taken = new HashSet<>();
        Set<String> shared = new HashSet<>();
        types.stream()
                .map(RouteSpec::type)
                .distinct()
                .map(Class::getSimpleName)
                .filter(name -> !taken.add(name))
                .forEach(shared::add);
        for (RouteSpec type : types) {
            String simple = type.type().getSimpleName();
            names.put(type.type(), shared.contains(simple) ? type.type().getName() : simple);
        }
    }

    /** Those of the node, then those of its handler. */
    static RouteForms of(NodeSpec<?> node) {
        return new RouteForms(Stream.of(node.ways(), node.handlerWays())
                .flatMap(ways -> ways.types().stream())
                .distinct()
                .toList());
    }

    List<RouteSpec> types() {
        return types;
    }

    /** The type that has this route as a case, or null. */
    @Nullable
    RouteSpec of(Object route) {
        for (RouteSpec type : types) {
            if (type.find(route) != null) {
                return type;
            }
        }
        return null;
    }

    String name(RouteSpec type) {
        return Objects.requireNonNull(names.get(type.type()));
    }

    /** The types that a stored name may mean; all of them where a route was stored without a name. */
    List<RouteSpec> named(@Nullable String name) {
        List<RouteSpec> found = new ArrayList<>(types);
        if (name != null) {
            found.removeIf(type -> !type.type().getSimpleName().equals(name)
                    && !type.type().getName().equals(name));
        }
        return found;
    }

    static TypeRef<?> ref(RouteSpec type) {
        return TypeRef.of(type.type());
    }
}
