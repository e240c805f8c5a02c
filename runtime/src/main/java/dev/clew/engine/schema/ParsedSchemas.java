package dev.clew.engine.schema;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was parsed of the texts of schemas. The questions of a program have few, and each text is needed whenever its
 * question is asked or answered. Thread-safe.
 */
public final class ParsedSchemas {
    /** If there are so many texts, all are parsed anew. */
    private static final int MOST = 200;

    private final Map<String, Optional<Schema>> byText = new ConcurrentHashMap<>();

    /** A codec that keeps what was parsed with it. */
    public interface Keeper {
        ParsedSchemas schemas();
    }

    Optional<Schema> of(String text, Function<String, Optional<Schema>> parse) {
        Optional<Schema> known = byText.get(text);
        if (known == null) {
            known = parse.apply(text);
            if (byText.size() >= MOST) {
                byText.clear();
            }
            byText.put(text, known);
        }
        return known;
    }
}
