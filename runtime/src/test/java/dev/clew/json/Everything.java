package dev.clew.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record Everything(
        @Nullable String text,
        boolean flag,
        byte small,
        short medium,
        int whole,
        long large,
        float single,
        double real,
        char letter,
        @Nullable Integer box,
        @Nullable BigDecimal price,
        @Nullable BigInteger count,
        @Nullable Instant when,
        @Nullable UUID id,
        @Nullable Color color,
        Optional<String> note,
        OptionalInt index,
        @Nullable List<@Nullable Point> points,
        @Nullable Map<Integer, Set<String>> groups,
        @Nullable Object anything) {
    static Everything of(String text) {
        return new Everything(
                text,
                true,
                (byte) 1,
                (short) 2,
                3,
                (1L << 60) + 1,
                0.1f,
                0.1,
                'c',
                7,
                new BigDecimal("1.10"),
                BigInteger.TEN.pow(30),
                Instant.ofEpochSecond(1, 1),
                new UUID(1, 1),
                Color.GREEN,
                Optional.of("note"),
                OptionalInt.of(0),
                Arrays.asList(new Point(1, 2), null),
                Map.of(1, Set.of("a", "b")),
                Map.of("k", List.of(1, "x")));
    }

    static Everything nothing() {
        return new Everything(
                null,
                false,
                (byte) 0,
                (short) 0,
                0,
                0,
                0,
                0,
                (char) 0,
                null,
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                OptionalInt.empty(),
                null,
                null,
                null);
    }
}
