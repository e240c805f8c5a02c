package dev.clew.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Numbers and booleans that are the keys of maps. */
final class Numbers {
    private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.of(
            Integer.class, Integer::valueOf,
            Long.class, Long::valueOf,
            Short.class, Short::valueOf,
            Byte.class, Byte::valueOf,
            Double.class, Double::valueOf,
            Float.class, Float::valueOf,
            BigInteger.class, BigInteger::new,
            BigDecimal.class, BigDecimal::new,
            Boolean.class, Numbers::bool);

    private Numbers() {}

    /** The key of a text; empty if the type is no number and no boolean. */
    static Optional<Object> parse(String text, Class<?> type) {
        Function<String, Object> parser = PARSERS.get(type);
        if (parser == null) {
            return Optional.empty();
        }
        if (text.length() > Limits.MAX_NUMBER) {
            throw new Misfit("a key with more digits than the limit of " + Limits.MAX_NUMBER);
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            throw new Misfit("a key that is not a " + type.getSimpleName());
        }
    }

    private static Object bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException();
        }
        return text.equals("true");
    }
}
