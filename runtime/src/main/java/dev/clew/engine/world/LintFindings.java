package dev.clew.engine.world;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the compiler's lint found in the bodies of a graph's flow, as it was recorded beside the classes when javac
 * compiled them. Findings in inherited tasks are recorded for the class that declares them, which may be compiled at
 * another time; the graph's own record refers to them.
 *
 * <pre>{@code
 * LintFindings.of(EssayFlowGraph.class).forEach(System.out::println);
 * }</pre>
 */
public final class LintFindings {
    private static final String FOLDER = "META-INF/clew/lint/";

    /** Begins a line that is no finding but names another record and a task: {@code @com.acme.BaseGraph task 'pause'}. */
    private static final String REFERENCE = "@";

    private LintFindings() {}

    /**
     * One line for each finding, with its code, its place and what is wrong; none if nothing was found or recorded.
     * Thread-safe.
     *
     * @param graph a generated graph class
     */
    public static List<String> of(Class<?> graph) {
        ClassLoader loader = graph.getClassLoader();
        if (loader == null) {
            return List.of();
        }
        return lines(loader, graph.getName()).stream()
                .flatMap(line -> line.startsWith(REFERENCE) ? inherited(loader, line) : Stream.of(line))
                .toList();
    }

    private static Stream<String> inherited(ClassLoader loader, String reference) {
        int blank = reference.indexOf(' ');
        String task = reference.substring(blank + 1);
        return lines(loader, reference.substring(REFERENCE.length(), blank)).stream()
                .filter(line -> !line.startsWith(REFERENCE) && line.contains(" " + task));
    }

    private static List<String> lines(ClassLoader loader, String graph) {
        try (InputStream in = loader.getResourceAsStream(FOLDER + graph)) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        } catch (IOException unreadable) {
            return List.of("what the lint found in '" + graph + "' could not be read: " + unreadable);
        }
    }
}
