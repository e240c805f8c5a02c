package dev.clew.engine.format;

import java.util.Set;

/** Decides which plain data can stand for which class, by the class's name; decoding the answer decides the rest. */
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
