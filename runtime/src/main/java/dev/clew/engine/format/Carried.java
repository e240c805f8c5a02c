package dev.clew.engine.format;

import dev.clew.flow.RunConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a listener gives a run on its way, stored as one attribute. It is no attribute of the user's: a call that says nothing else
 * leaves what is stored as it is.
 */
public final class Carried {
    /** No name that a user gives by chance. */
    private static final String KEY = "clew.carried";

    private Carried() {}

    /** The configuration, with this. */
    public static RunConfig with(RunConfig config, Map<String, String> given) {
        return given.isEmpty() ? config : config.attributes(with(config.attributes(), Map.copyOf(given)));
    }

    private static Map<String, Object> with(Map<String, Object> attributes, Object carried) {
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.put(KEY, carried);
        return all;
    }

    /** What a run of this configuration carries. */
    public static Map<String, String> of(RunConfig config) {
        if (config.attributes().isEmpty()) {
            return Map.of();
        }
        Map<String, String> carried = new LinkedHashMap<>();
        if (config.attributes().get(KEY) instanceof Map<?, ?> texts) {
            texts.forEach((name, text) -> carried.put(String.valueOf(name), String.valueOf(text)));
        }
        return carried;
    }

    /** Attributes as a user knows them. */
    public static Map<String, Object> without(Map<String, Object> attributes) {
        if (!attributes.containsKey(KEY)) {
            return attributes;
        }
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.remove(KEY);
        return all;
    }

    /** What a run has for which this is said, if it comes from one that has these. */
    public static Map<String, Object> merged(Map<String, Object> said, Map<String, Object> stored) {
        Map<String, Object> own = without(said).isEmpty() ? without(stored) : without(said);
        Object carried = stored.containsKey(KEY) ? stored.get(KEY) : said.get(KEY);
        return carried == null ? own : with(own, carried);
    }
}
