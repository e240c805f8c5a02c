package dev.clew.engine.setup;

import dev.clew.engine.format.Carried;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.Attributes;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @Context} parameters get: the first value of their type, the nearest to the step first. Immutable, and
 * never stored.
 */
public record Contexts(List<Object> nearestFirst) {
    /** How large attributes may be, as they are stored. */
    private static final int MOST_BYTES = 64 << 10;

    public Contexts {
        nearestFirst = List.copyOf(nearestFirst);
    }

    /** Those of a run: its configuration's, the newest first, then those that are made of its attributes, then its graph's. */
    public static Contexts of(RunConfig config, EngineSettings settings) {
        List<Object> all = made(config, settings);
        all.addAll(settings.contexts().all());
        return new Contexts(all).with(config);
    }

    /** Those that are made of a configuration's attributes. */
    private static List<Object> made(RunConfig config, EngineSettings settings) {
        List<Object> made = new ArrayList<>();
        if (!settings.makers().isEmpty()) {
            Attributes attributes = Attributes.of(Carried.without(config.attributes()), settings.codec());
            settings.makers().stream()
                    .map(maker -> maker.of(attributes))
                    .filter(Objects::nonNull)
                    .forEach(made::add);
        }
        return made;
    }

    /**
     * Returns if a configuration's attributes can be stored, and contexts can be made of them.
     *
     * @throws RequestRefusedException if not
     */
    public static void requireMade(RunConfig config, EngineSettings settings) {
        if (!config.attributes().isEmpty()) {
            requireStorable(config.attributes(), settings.codec());
        }
        if (settings.executes()) {
            List<Object> unused = made(config, settings);
        }
    }

    private static void requireStorable(Map<String, Object> attributes, Codec codec) {
        int bytes;
        try {
            bytes = codec.encode(attributes, TypeRef.of(Object.class)).length;
        } catch (CodecException unstorable) {
            throw new RequestRefusedException(
                    "the attributes of a run are plain data: " + unstorable.getMessage(), unstorable);
        }
        if (bytes > MOST_BYTES) {
            throw new RequestRefusedException("the attributes of a run have up to " + MOST_BYTES + " bytes, and these "
                    + bytes + "; store what is large, and attach its key");
        }
    }

    /** Refuses a workflow whose runs would miss a context if they are enqueued with whatever attributes. */
    public static void requireSources(WorkflowSpec<?, ?> workflow, EngineSettings settings) {
        Contexts given = new Contexts(settings.contexts().all());
        for (Class<?> type : workflow.contexts()) {
            boolean isMade = settings.makers().stream().anyMatch(maker -> type.isAssignableFrom(maker.type()));
            if (!isMade) {
                Object unused = given.require(type, "workflow '" + workflow.name() + "'");
            }
        }
    }

    /** Those of a configuration before these. */
    public Contexts with(RunConfig config) {
        Contexts all = this;
        for (Object given : config.contexts()) {
            all = all.with(given);
        }
        return all;
    }

    /** One more, before these. */
    public Contexts with(Object nearer) {
        List<Object> all = new ArrayList<>();
        all.add(nearer);
        all.addAll(nearestFirst);
        return new Contexts(all);
    }

    /** A configuration with these contexts behind its own. */
    public RunConfig before(RunConfig own) {
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

    public <C> C require(Class<C> type, String where) {
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
    public void requireFor(WorkflowSpec<?, ?> workflow) {
        for (Class<?> type : workflow.contexts()) {
            Object unused = require(type, "workflow '" + workflow.name() + "'");
        }
    }
}
