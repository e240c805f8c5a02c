package dev.clew.agents.middleware;

import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A kind of personal data: how it looks. Immutable.
 *
 * <pre>{@code
 * PiiKind badge = PiiKind.of("badge", "\\bB-[0-9]{6}\\b");
 * }</pre>
 */
public final class PiiKind {
    /** E-mail addresses, with letters of any language. */
    public static final PiiKind EMAIL =
            of("email", "[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63})*\\.\\p{L}{2,24}");

    /** Numbers of payment cards, by their check digit, also where other numbers stand beside them. */
    public static final PiiKind CARD = new PiiKind("card", CardNumbers::in);

    /** IP addresses, of version 4 and, with at least four groups, 6. */
    public static final PiiKind IP = of(
            "ip",
            "(?<![0-9.])(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?![0-9.]*[0-9])"
                    + "|(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{1,4}:){3,7}(?::|[0-9A-Fa-f]{1,4})(?:[0-9A-Fa-f:]{0,30})");

    /** Addresses of web pages. */
    public static final PiiKind URL = of("url", "(?i)(?:https?://|(?<![\\p{L}\\p{N}.])www\\.)[^\\s<>\"')\\]]{1,2000}");

    private final String name;
    private final Function<String, List<Span>> finder;

    private PiiKind(String name, Function<String, List<Span>> finder) {
        if (name.isBlank()) {
            throw new IllegalRequestException("the name of a kind of personal data is blank");
        }
        this.name = name;
        this.finder = finder;
    }

    /** Returns the kind that a regular expression finds. */
    public static PiiKind of(String name, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return new PiiKind(
                name,
                text -> pattern.matcher(text)
                        .results()
                        .map(found -> new Span(found.start(), found.end()))
                        .toList());
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    boolean isIn(String text) {
        return !finder.apply(text).isEmpty();
    }

    String redacted(String text) {
        StringBuilder redacted = new StringBuilder();
        int done = 0;
        for (Span found : finder.apply(text)) {
            redacted.append(text, done, found.begin())
                    .append("[REDACTED_")
                    .append(name.toUpperCase(Locale.ROOT))
                    .append(']');
            done = found.end();
        }
        return redacted.append(text, done, text.length()).toString();
    }

    @Override
    public String toString() {
        return "PiiKind[" + name + "]";
    }
}
