package dev.clew.graph;

import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Routes of several types, as they are stored: each under its place and the name of the node that it is sent to, {@code
 * "0:search"}, or the label of its case and the name of its type, {@code "0=AGAIN@Editor"}. A label without a type, as it was
 * stored once, is that of the first type that has it.
 */
record SendMembers(List<? extends NodeSpec<?>> nodes, RouteForms routes) implements Members<List<Object>> {
    private static final TypeRef<String> NOTHING = TypeRef.of(String.class);

    /** Between the label of a case and the name of its type. */
    private static final char OF = '@';

    @SuppressWarnings("unchecked")
    static TypeRef<List<Object>> type(List<? extends NodeSpec<?>> nodes, RouteForms routes) {
        return TypeRef.of((Class<List<Object>>) (Class<?>) List.class, new SendMembers(nodes, routes));
    }

    @Override
    public Map<String, TypeRef<?>> types() {
        return Map.of();
    }

    @Override
    public List<Member> of(List<Object> sent) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            members.add(member(i, sent.get(i)));
        }
        return members;
    }

    private Member member(int index, Object route) {
        if (route instanceof Send send) {
            return new Member(
                    index + ":" + send.node(), send.value() == null ? NOTHING : taken(send.node()), send.value());
        }
        RouteSpec type = routes.of(route);
        RouteSpec.Case found = type == null ? null : type.find(route);
        if (type != null && found != null) {
            return new Member(index + "=" + found.label() + OF + routes.name(type), type(found), route);
        }
        throw new IllegalRequestException("a " + route.getClass().getSimpleName() + " is no route of the node");
    }

    private TypeRef<?> taken(String node) {
        for (NodeSpec<?> each : nodes) {
            TypeRef<?> takes = each.takes();
            if (takes != null && (each.name().equals(node) || each.formerly().contains(node))) {
                return takes;
            }
        }
        return NOTHING;
    }

    private static TypeRef<?> type(RouteSpec.Case found) {
        Class<?> type = found.key() instanceof Enum<?> constant ? constant.getDeclaringClass() : (Class<?>) found.key();
        return TypeRef.of(type);
    }

    @Override
    public List<Object> from(Stored stored) {
        List<Object> sent = new ArrayList<>();
        for (String name : stored.names()) {
            int mark = name.indexOf(':');
            int equal = name.indexOf('=');
            sent.add(
                    mark > 0 && (equal < 0 || mark < equal)
                            ? send(name.substring(mark + 1), name, stored)
                            : routed(name.substring(equal + 1), name, stored));
        }
        return sent;
    }

    private Object send(String node, String name, Stored stored) {
        TypeRef<?> type = taken(node);
        @Nullable Object value = stored.get(name, type);
        return value == null ? Send.to(node) : Send.to(node, value);
    }

    private Object routed(String route, String name, Stored stored) {
        int of = route.indexOf(OF);
        String label = of < 0 ? route : route.substring(0, of);
        for (RouteSpec type : routes.named(of < 0 ? null : route.substring(of + 1))) {
            for (RouteSpec.Case each : type.cases()) {
                if (each.label().equals(label)) {
                    @Nullable Object value = stored.get(name, type(each));
                    if (value != null) {
                        return value;
                    }
                }
            }
        }
        throw new IllegalRequestException("no route of the node has a case '" + label + "' any more");
    }
}
