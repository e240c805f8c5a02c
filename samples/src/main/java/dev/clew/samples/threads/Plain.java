package dev.clew.samples.threads;

import dev.clew.json.JsonCodec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plain data as text, and what a person types as plain data. */
final class Plain {
    private Plain() {}

    /** JSON on one line. */
    static String json(@Nullable Object value) {
        return new String(JsonCodec.standard().encode(value, TypeRef.of(Object.class)), StandardCharsets.UTF_8);
    }

    /** JSON on one line, cut to this many characters. */
    static String brief(@Nullable Object value, int most) {
        String json = json(value);
        return json.length() <= most ? json : json.substring(0, most - 1) + "…";
    }

    /** JSON with a line for each member, as a person reads it; text as it is. */
    static String pretty(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        pretty(value, "", out);
        return out.toString();
    }

    private static void pretty(@Nullable Object value, String indent, StringBuilder out) {
        String deeper = indent + "  ";
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((name, member) -> {
                out.append(out.isEmpty() ? "" : "\n")
                        .append(indent)
                        .append(name)
                        .append(": ");
                boolean nested = member instanceof Map<?, ?> || member instanceof Iterable<?>;
                pretty(member, nested ? deeper : "", out);
            });
        } else if (value instanceof Iterable<?> list && list.iterator().hasNext()) {
            for (Object element : list) {
                out.append(out.isEmpty() ? "" : "\n")
                        .append(indent)
                        .append("- ")
                        .append(json(element));
            }
        } else {
            out.append(value instanceof String text ? text : json(value));
        }
    }

    /** A status as people say it: a thread that is idle has finished. */
    static String word(ThreadStatus status) {
        return status == ThreadStatus.IDLE ? "finished" : status.name().toLowerCase(Locale.ROOT);
    }

    /** What a person typed, for a question that wants this class; empty where it is no JSON and no text is wanted. */
    static Optional<Object> parse(String typed, String wanted) {
        String kind = wanted.substring(wanted.lastIndexOf('.') + 1);
        if (kind.equals("String")) {
            return Optional.of(typed);
        }
        if (kind.equals("Boolean")) {
            String word = typed.toLowerCase(Locale.ROOT);
            return word.matches("y|yes|true")
                    ? Optional.of(true)
                    : word.matches("n|no|false") ? Optional.of(false) : Optional.empty();
        }
        try {
            return Optional.ofNullable(JsonCodec.standard().decodePlain(typed.getBytes(StandardCharsets.UTF_8)));
        } catch (CodecException noJson) {
            return kind.equals("Object") ? Optional.of(typed) : Optional.empty();
        }
    }
}
