package dev.clew.graph.topology;

/**
 * Which names nodes may have. They stand in paths of steps, in logs and in drawings.
 *
 * <pre>{@code
 * NodeNames.problem("a/b");   // it has '/'
 * }</pre>
 */
public final class NodeNames {
    private static final int LONGEST = 100;

    private NodeNames() {}

    /** What is wrong with a name; empty if nothing is. */
    public static String problem(String name) {
        if (name.isBlank() || !name.strip().equals(name)) {
            return "it is blank, or has blanks at an end";
        }
        if (name.length() > LONGEST) {
            return "it is longer than " + LONGEST + " characters";
        }
        if (name.startsWith("__")) {
            return "it begins with '__', as START does";
        }
        return name.chars()
                .filter(c -> "/:|#".indexOf(c) >= 0 || Character.isISOControl(c))
                .mapToObj(c -> Character.isISOControl(c) ? "it has a control character" : "it has '" + (char) c + "'")
                .findFirst()
                .orElse("");
    }
}
