package dev.clew.engine.format;

import java.util.Set;

/** Which plain data can stand for which class, as far as names tell; the rest is told when the answer is decoded. */
final class PlainAnswer {
    private static final Set<String> NUMBERS = Set.of(
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.math.BigInteger",
            "java.math.BigDecimal");

    private PlainAnswer() {}

    static boolean fits(Object value, String wanted) {
        if (NUMBERS.contains(wanted)) {
            return value instanceof Number;
        }
        return switch (wanted) {
            case "java.lang.String" -> value instanceof String;
            case "java.lang.Boolean" -> value instanceof Boolean;
            default -> true;
        };
    }
}
