package dev.clew.server.catalog;

import dev.clew.server.kernel.ApiRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All workflows that are served, in the order in which they were named. Immutable. */
public final class Catalog {
    private final List<Served> all;
    private final Map<String, Served> byName = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if two have one name */
    public Catalog(List<Served> all) {
        this.all = List.copyOf(all);
        for (Served served : all) {
            if (byName.put(served.graphId(), served) != null) {
                throw new IllegalArgumentException("two workflows are served as '" + served.graphId()
                        + "'; name one of them with workflow(name, graph, workflow)");
            }
        }
        all.forEach(served -> byName.put(served.assistantId(), served));
        all.forEach(served -> alias(served.workflow().name(), served));
        all.forEach(served -> alias(lastPart(served.graphId()), served));
    }

    /** A name that nothing else has. */
    private void alias(String name, Served served) {
        boolean unique = all.stream()
                        .filter(other -> lastPart(other.graphId()).equals(name))
                        .count()
                <= 1;
        if (unique) {
            byName.putIfAbsent(name, served);
        }
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    public List<Served> all() {
        return all;
    }

    /** The workflow with this name, or whose assistant has this id. */
    public Optional<Served> find(String nameOrId) {
        Served served = byName.get(nameOrId);
        return Optional.ofNullable(served == null ? byName.get(nameOrId.toLowerCase(Locale.ROOT)) : served);
    }

    /** The workflow whose threads are bound to this name. */
    public Optional<Served> ofThread(String workflow) {
        return all.stream()
                .filter(served -> served.workflow().name().equals(workflow)
                        || served.workflow().formerly().contains(workflow))
                .findFirst();
    }

    /**
     * The workflow with this name, or whose assistant has this id.
     *
     * @throws ApiRefusal if there is none
     */
    public Served require(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> {
            TreeSet<String> known = new TreeSet<>();
            all.forEach(served -> known.add(served.graphId()));
            return ApiRefusal.notFound("there is no assistant '" + nameOrId + "'; there are " + known);
        });
    }
}
