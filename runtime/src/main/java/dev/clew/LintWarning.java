package dev.clew;

import dev.clew.engine.world.LintFindings;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what the compiler's lint recorded of a graph, once per graph class: an application that builds a graph per request
 * or tenant would repeat it. The compiler warned once, and a build that compiled other classes since then did not repeat it.
 */
final class LintWarning {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    /** Kept by the graph class itself, so that no class loader is kept alive. */
    private static final ClassValue<AtomicBoolean> LOGGED = new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> graph) {
            return new AtomicBoolean();
        }
    };

    private LintWarning() {}

    static void of(Class<?> graph) {
        if (LOGGED.get(graph).getAndSet(true)) {
            return;
        }
        List<String> findings = LintFindings.of(graph);
        if (!findings.isEmpty()) {
            LOG.warn(
                    "{}: code in its bodies would not be replayed, as the compiler found:\n  {}",
                    graph.getName(),
                    String.join("\n  ", findings));
        }
    }
}
