package dev.clew.server.transcript;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the placeholders of a transcript, such as {@code <thread1>}, stand for in one replay. */
final class Bindings {
    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z]+[0-9]*)>");
    private static final Pattern ANYTHING = Pattern.compile("time|ms|server|base|host");

    private final Map<String, String> values = new HashMap<>();

    /** Returns the text of a request with its placeholders replaced; a client's own id is made where none is known. */
    String fill(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.computeIfAbsent(
                        found.group(1), name -> UUID.randomUUID().toString())));
    }

    /** Whether this text is a placeholder for a fact of the recorded server that ours need not have. */
    static boolean optional(String expected) {
        return expected.equals("<server>");
    }

    /** Returns whether the recorded text is a placeholder that matches a value of any type. */
    static boolean anything(String expected) {
        Matcher whole = PLACEHOLDER.matcher(expected);
        return whole.matches() && ANYTHING.matcher(whole.group(1)).matches();
    }

    /** Compares a recorded text with ours, and binds the placeholders that were not known before. */
    boolean match(String expected, String actual) {
        Matcher found = PLACEHOLDER.matcher(expected);
        StringBuilder pattern = new StringBuilder();
        Map<String, String> groups = new HashMap<>();
        int from = 0;
        while (found.find()) {
            pattern.append(Pattern.quote(expected.substring(from, found.start())));
            from = found.end();
            String name = found.group(1);
            if (ANYTHING.matcher(name).matches()) {
                pattern.append(".*");
            } else if (values.containsKey(name)) {
                pattern.append(Pattern.quote(values.getOrDefault(name, "")));
            } else if (groups.containsKey(name)) {
                pattern.append("\\k<").append(name).append('>');
            } else {
                groups.put(name, name);
                pattern.append("(?<").append(name).append(">[^/|]+?)");
            }
        }
        pattern.append(Pattern.quote(expected.substring(from)));
        Matcher matched = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(actual);
        if (!matched.matches()) {
            return false;
        }
        groups.keySet().forEach(name -> values.put(name, matched.group(name)));
        return true;
    }
}
