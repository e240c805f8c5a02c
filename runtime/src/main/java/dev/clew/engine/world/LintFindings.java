package dev.clew.engine.world;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the compiler's lint found in the bodies of a graph's flow, as it was recorded beside the classes when javac
 * compiled them.
 *
 * <pre>{@code
 * LintFindings.of(EssayFlowGraph.class).forEach(System.out::println);
 * }</pre>
 */
public final class LintFindings {
    private static final String FOLDER = "META-INF/clew/lint/";

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
        try (InputStream in = loader.getResourceAsStream(FOLDER + graph.getName())) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
