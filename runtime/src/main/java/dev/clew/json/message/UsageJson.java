package dev.clew.json.message;

import dev.clew.messages.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Usage as plain data; details are left out if there are none. */
final class UsageJson {
    private UsageJson() {}

    static @Nullable Map<String, @Nullable Object> write(@Nullable Usage usage) {
        if (usage == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("input_tokens", usage.input());
        json.put("output_tokens", usage.output());
        json.put("total_tokens", usage.total());
        if (usage.cacheRead() > 0 || usage.cacheWrite() > 0) {
            Map<String, @Nullable Object> input = new LinkedHashMap<>();
            input.put("cache_read", usage.cacheRead());
            input.put("cache_creation", usage.cacheWrite());
            json.put("input_token_details", input);
        }
        if (usage.reasoning() > 0) {
            json.put("output_token_details", Map.of("reasoning", usage.reasoning()));
        }
        if (usage.estimated()) {
            json.put("estimated", true);
        }
        return json;
    }

    static @Nullable Usage read(@Nullable Object json) {
        if (json == null) {
            return null;
        }
        if (!(json instanceof Map<?, ?> map)) {
            throw IllegalMessageException.expected("an object", "usage_metadata", json);
        }
        Members usage = new Members(map);
        Members input = new Members(usage.object("input_token_details"));
        Members output = new Members(usage.object("output_token_details"));
        return new Usage(
                usage.number("input_tokens"),
                usage.number("output_tokens"),
                input.number("cache_read"),
                input.number("cache_creation"),
                output.number("reasoning"),
                Boolean.TRUE.equals(usage.take("estimated")));
    }
}
