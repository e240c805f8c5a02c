package dev.clew.graph;

import dev.clew.graph.plan.Routing;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the results of a node lead, by what its description allows. */
final class Routings<S> {
    private final NodeSpec<S> node;
    private final List<NodeSpec<S>> nodes;

    /** The ways of the node and of what stands in for it. */
    private final Ways all;

    Routings(NodeSpec<S> node, List<NodeSpec<S>> nodes) {
        this.node = node;
        this.nodes = nodes;
        Set<String> names = new LinkedHashSet<>(node.ways().names());
        names.addAll(node.handlerWays().names());
        List<RouteSpec> types = Stream.concat(node.ways().types().stream(), node.handlerWays().types().stream())
                .toList();
        this.all = new Ways(names, types, true, true, true);
    }

    /**
     * Where the result leads.
     *
     * @throws IllegalRequestException if its description does not allow that; the node fails
     */
    Routing of(@Nullable NodeResult<S> result, boolean byHandler) {
        Ways ways = byHandler ? node.handlerWays() : node.ways();
        if (!(result instanceof RoutedUpdate<?, ?> routed)) {
            return unrouted(ways, result == null, byHandler);
        }
        if (ways.isNone()) {
            throw new IllegalRequestException("the node '" + node.name() + "' gave the route "
                    + describe(routed.route())
                    + ", but it has no routes; give an update without goTo, or declare routes:"
                    + " by the type that the method returns, or by mayGoTo(…) or routes(…) of the node's builder");
        }
        List<?> routes = routed.routes();
        return routes.isEmpty() ? end(ways) : routing(ways, routes);
    }

    /** Where a recorded result leads, which was allowed when it was recorded: by the present description. */
    Routing recorded(@Nullable NodeResult<S> result) {
        if (!(result instanceof RoutedUpdate<?, ?> routed)) {
            return Routing.EDGES;
        }
        return routing(all, routed.routes());
    }

    private Routing routing(Ways ways, List<?> routes) {
        List<Routing.Hop> hops = new ArrayList<>(routes.size());
        for (Object route : routes) {
            hops.add(hop(ways, route));
        }
        return Routing.by(hops);
    }

    /** No route at all is none that is forgotten: it needs edges to follow, or leave to end the branch. */
    private Routing unrouted(Ways ways, boolean isNull, boolean byHandler) {
        if (byHandler && (!node.ways().isNone() || isNull && ways.isTyped())) {
            throw new IllegalRequestException("what stands in for the node '" + node.name() + "' gave no route"
                    + (node.ways().isNone()
                            ? "; give an update, or a route"
                            : ", and '" + node.name() + "' routes; give one"));
        }
        if (!node.ways().isNone() && !ways.maySkip()) {
            throw noRoute();
        }
        return node.ways().isNone() ? Routing.EDGES : Routing.by(List.of());
    }

    private IllegalRequestException noRoute() {
        return new IllegalRequestException("the node '" + node.name()
                + "' gave no route, and its description does not allow that; give a route, or add mayEnd()");
    }

    private Routing end(Ways ways) {
        boolean mayEnd = ways.mayEnd()
                || ways.types().stream().flatMap(type -> type.cases().stream()).anyMatch(RouteSpec.Case::isEnd);
        if (!mayEnd) {
            throw noRoute();
        }
        return Routing.by(List.of());
    }

    private Routing.Hop hop(Ways ways, Object route) {
        if (route instanceof Send send) {
            return hop(ways, send);
        }
        for (RouteSpec type : ways.types()) {
            RouteSpec.Case found = type.find(route);
            if (found != null) {
                return found.isSent() ? Routing.Hop.sent(taker(route)) : Routing.Hop.to(found.targets());
            }
        }
        throw new IllegalRequestException("the node '" + node.name() + "' gave the route " + describe(route)
                + ", which is none of its routes " + names(ways)
                + "; give one of these, or declare it: by the type that the method returns, or by routes(…) of the node's"
                + " builder");
    }

    private Routing.Hop hop(Ways ways, Send send) {
        NodeSpec<S> target = find(send.node());
        if (!ways.names().contains(send.node()) || target == null) {
            throw new IllegalRequestException("the node '" + node.name() + "' sends to '" + send.node()
                    + "', and its description does not allow that; add it to mayGoTo"
                    + Names.didYouMean(send.node(), ways.names()));
        }
        if (send.value() == null && target.isOnlySent()) {
            throw new IllegalRequestException("the node '" + node.name() + "' sends nothing to '" + send.node()
                    + "', which takes a value; send one, or let it take none, too, by mayTake");
        }
        if (send.value() != null && !target.accepts(send.value().getClass())) {
            throw new IllegalRequestException("the node '" + node.name() + "' sends "
                    + describe(send.value()) + " to '" + send.node() + "', which takes "
                    + (target.takes() == null ? "nothing" : target.takes()));
        }
        return send.value() == null ? Routing.Hop.to(List.of(send.node())) : Routing.Hop.sent(send.node());
    }

    private String taker(Object route) {
        return nodes.stream()
                .filter(other -> other.accepts(route.getClass()))
                .map(NodeSpec::name)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node takes " + describe(route)));
    }

    private @Nullable NodeSpec<S> find(String name) {
        return nodes.stream()
                .filter(other -> other.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The names of the nodes and the cases of the types that a node routes to. */
    private static List<String> names(Ways ways) {
        return Stream.concat(
                        ways.names().stream(),
                        ways.types().stream()
                                .flatMap(type -> type.cases().stream())
                                .map(RouteSpec.Case::label))
                .toList();
    }

    /** Never its value, which is the user's. */
    private static String describe(Object route) {
        return route instanceof Enum<?> constant
                ? constant.name()
                : route.getClass().getSimpleName();
    }
}
