package dev.clew.engine;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.spi.WorkflowSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @Context} parameters get: the first value of their type, the nearest to the step first. Immutable, and
 * never stored.
 */
record Contexts(List<Object> nearestFirst) {
    Contexts {
        nearestFirst = List.copyOf(nearestFirst);
    }

    /** Those of a run: its configuration's, the newest first, then its graph's. */
    static Contexts of(RunConfig config, EngineSettings settings) {
        return new Contexts(settings.contexts()).with(config);
    }

    /** Those of a configuration before these. */
    Contexts with(RunConfig config) {
        Contexts all = this;
        for (Object given : config.contexts()) {
            all = all.with(given);
        }
        return all;
    }

    /** One more, before these. */
    Contexts with(Object nearer) {
        List<Object> all = new ArrayList<>();
        all.add(nearer);
        all.addAll(nearestFirst);
        return new Contexts(all);
    }

    /** A configuration with these contexts behind its own. */
    RunConfig before(RunConfig own) {
        RunConfig all = own.withoutContexts();
        for (int i = nearestFirst.size(); i > 0; i--) {
            all = all.context(nearestFirst.get(i - 1));
        }
        for (Object nearer : own.contexts()) {
            all = all.context(nearer);
        }
        return all;
    }

    <C> @Nullable C find(Class<C> type) {
        for (Object value : nearestFirst) {
            if (type.isInstance(value)) {
                return type.cast(value);
            }
        }
        return null;
    }

    <C> C require(Class<C> type, String where) {
        C found = find(type);
        if (found == null) {
            throw new RequestRefusedException(
                    Reason.NO_CONTEXT,
                    where + " needs a context of type " + type.getName()
                            + "; give it with RunConfig.context(…) or the builder's context(…), again on every resume");
        }
        return found;
    }

    /** Refuses a workflow whose body, or a task of whose class, would miss one. */
    void requireFor(WorkflowSpec<?, ?> workflow) {
        for (Class<?> type : workflow.contexts()) {
            Object unused = require(type, "workflow '" + workflow.name() + "'");
        }
    }
}
