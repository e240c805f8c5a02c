package dev.clew.processor.lint;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.tools.StandardLocation;

/**
 * Records beside the classes what was found, one line each, for the runtime and the test kit. A compiler's warning is seen
 * once: a later build that compiles other classes does not repeat it. The name of a file is that of the generated graph.
 *
 * <p>The bodies are read when the generated sources are compiled, so what is found cannot be written into them.
 */
final class LintRecords {
    private static final String FOLDER = "META-INF/clew/lint/";

    private static final String REFERENCE = "@";

    private final Filer filer;

    LintRecords(Filer filer) {
        this.filer = filer;
    }

    /**
     * The line that stands for the findings in an inherited scope. The class that declares it may be compiled at another
     * time, so its findings stay in its own record.
     */
    static String reference(String inherited) {
        return REFERENCE + inherited;
    }

    /** Writes what was found this time; what an earlier compilation found is dropped. */
    void replace(String graph, List<String> found) {
        try {
            if (found.isEmpty()) {
                // To processors javac refuses delete(); the path of what lies in memory fails.
                Files.deleteIfExists(Path.of(filer.getResource(StandardLocation.CLASS_OUTPUT, "", FOLDER + graph)
                        .toUri()));
            } else {
                try (Writer out = filer.createResource(StandardLocation.CLASS_OUTPUT, "", FOLDER + graph)
                        .openWriter()) {
                    out.write(String.join("\n", found) + "\n");
                }
            }
        } catch (IOException | RuntimeException e) {
            // There was none to drop, or classes are not written to files: the compiler has said it all the same.
        }
    }
}
