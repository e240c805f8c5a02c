package dev.clew.graph.topology;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Draws a graph in Mermaid's language, from the topology alone. */
final class Mermaid {
    private static final String STYLES = """
            \tclassDef default fill:#f2f0ff,line-height:1.2
            \tclassDef first fill-opacity:0
            \tclassDef last fill:#bfb6fc
            """;

    private final int depth;
    private final StringBuilder boxes = new StringBuilder();
    private final Set<String> edges = new LinkedHashSet<>();

    private Mermaid(int depth) {
        this.depth = depth;
    }

    static String of(Topology topology, int depth) {
        Mermaid drawing = new Mermaid(depth);
        drawing.boxes.append("graph TD;\n");
        drawing.draw(topology, "", 0);
        drawing.edges.forEach(edge -> drawing.boxes.append('\t').append(edge).append(";\n"));
        return drawing.boxes.append(STYLES).toString();
    }

    /** The boxes and edges of one graph; the ids of an inner one begin with the node that it is. */
    private void draw(Topology topology, String prefix, int level) {
        boxes.append('\t').append(prefix).append(Topology.START).append("([").append(Topology.START);
        boxes.append("]):::first\n");
        for (TopologyNode node : topology.nodes()) {
            box(node, prefix, level);
            edges(topology, node, prefix, level);
        }
        boxes.append('\t').append(prefix).append(Topology.END).append("([").append(Topology.END);
        boxes.append("]):::last\n");
    }

    private void box(TopologyNode node, String prefix, int level) {
        String id = prefix + id(node.name());
        if (node.child() != null && level < depth) {
            boxes.append("\tsubgraph ")
                    .append(id)
                    .append("[\"")
                    .append(escape(node.name()))
                    .append("\"]\n");
            draw(node.child(), id + "_", level + 1);
            boxes.append("\tend\n");
            return;
        }
        String frame = node.child() == null ? "(\"%s\")" : "[[\"%s\"]]";
        String notes = node.isDeferred() ? "<hr/><small><em>defer = true</em></small>" : "";
        boxes.append('\t')
                .append(id)
                .append(frame.formatted(escape(node.name()) + notes))
                .append('\n');
    }

    /** The edges that lead to a node from before, and those that it routes along. */
    private void edges(Topology topology, TopologyNode node, String prefix, int level) {
        for (String source : node.edges().after()) {
            edge(topology, source, node.name(), " --> ", prefix, level);
        }
        for (String source : node.edges().afterAll()) {
            edge(topology, source, node.name(), " --> ", prefix, level);
        }
        routes(topology, node, node.routes(), prefix, level);
        routes(topology, node, node.onError(), prefix, level);
        if (isTerminal(topology, node)) {
            edge(topology, node.name(), Topology.END, " --> ", prefix, level);
        }
    }

    private void routes(Topology topology, TopologyNode node, Routes routes, String prefix, int level) {
        for (RouteCase route : routes.cases()) {
            for (String target : targets(route)) {
                edge(topology, node.name(), target, arrow(route.label(), target), prefix, level);
            }
        }
    }

    private static List<String> targets(RouteCase route) {
        if (route.isEnd()) {
            return List.of(Topology.END);
        }
        Set<String> targets = new LinkedHashSet<>(route.targets());
        if (route.taker() != null) {
            targets.add(route.taker());
        }
        return List.copyOf(targets);
    }

    private static String arrow(String label, String target) {
        return label.isEmpty() || label.equals(target) ? " -.-> " : " -.->|" + escape(label) + "| ";
    }

    /** Inside a drawn graph an edge begins at its end and ends at its start. */
    private void edge(Topology topology, String from, String to, String arrow, String prefix, int level) {
        edges.add(prefix
                + end(topology, from, Topology.END, level)
                + arrow
                + prefix
                + end(topology, to, Topology.START, level));
    }

    private String end(Topology topology, String name, String inside, int level) {
        TopologyNode node = topology.find(name);
        boolean isOpen = node != null && node.child() != null && level < depth;
        return isOpen ? id(name) + "_" + inside : id(name);
    }

    /** Whether its branch ends when it has run: nothing comes after it, and it does not route. */
    static boolean isTerminal(Topology topology, TopologyNode node) {
        return !node.isRouter()
                && topology.nodes().stream()
                        .noneMatch(other -> other.edges().after().contains(node.name())
                                || other.edges().afterAll().contains(node.name()));
    }

    /** The name itself wherever Mermaid can read it as an id. */
    private static String id(String name) {
        if (name.equals(Topology.START) || name.equals(Topology.END)) {
            return name;
        }
        StringBuilder id = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == '_') {
                id.appendCodePoint(c);
            } else {
                id.append('_').append(Integer.toHexString(c)).append('_');
            }
        });
        return id.toString().equalsIgnoreCase("end") ? id + "_" : id.toString();
    }

    /** Whatever could mean something to Mermaid, or to the page that it is shown on, becomes a number. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().limit(200).forEach(c -> {
            if (Character.isLetterOrDigit(c) || " ._-".indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('#').append(Character.isISOControl(c) ? 32 : c).append(';');
            }
        });
        return escaped.toString();
    }
}
