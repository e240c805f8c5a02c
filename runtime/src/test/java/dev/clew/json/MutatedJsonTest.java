package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Values put together wrongly, read as many types: each is refused with a path, or is a value of its type, which can be
 * written and read again.
 */
@Timeout(600)
final class MutatedJsonTest {
    private static final int CASES = Integer.getInteger("clew.mutations.json", 500);

    private static final List<TypeRef<?>> TYPES = List.of(
            TypeRef.of(Everything.class),
            TypeRef.of(Figure.class),
            TypeRef.of(Node.class),
            TypeRef.of(Outcome.class),
            TypeRef.of(Bean.class),
            TypeRef.of(Color.class),
            TypeRef.of(Point.class),
            TypeRef.of(Object.class),
            TypeRef.of(String.class),
            TypeRef.of(Integer.class),
            TypeRef.of(Long.class),
            TypeRef.of(Double.class),
            TypeRef.of(Character.class),
            TypeRef.of(Boolean.class),
            TypeRef.of(BigDecimal.class),
            TypeRef.of(BigInteger.class),
            TypeRef.of(Instant.class),
            TypeRef.of(Duration.class),
            TypeRef.of(LocalDate.class),
            TypeRef.of(ZonedDateTime.class),
            TypeRef.of(UUID.class),
            TypeRef.of(OptionalInt.class),
            TypeRef.of(byte[].class),
            TypeRef.of(int[].class),
            new TypeRef<Optional<Figure>>() {},
            new TypeRef<List<Figure>>() {},
            new TypeRef<Set<Optional<Color>>>() {},
            new TypeRef<Map<Integer, List<Point>>>() {},
            new TypeRef<Map<Instant, Color>>() {});

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1",
            "1e999",
            "1E-400",
            "0.1",
            "01",
            "1.",
            "9223372036854775808",
            "123456789012345678901234567890",
            "NaN",
            "Infinity",
            "\"NaN\"",
            "\"\"",
            "\"a\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\x\"",
            "\"2024-02-30\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"PT-1S\"",
            "\"P9999999999999D\"",
            "\"@type\"",
            "\"Circle\"",
            "\"radius\"",
            "\"x\"",
            "\"y\"",
            "\"text\"",
            "\"points\"",
            "\"groups\"",
            "\"anything\"",
            "\"@class\"",
            "\"java.lang.Runtime\"",
            "\"GREEN\"",
            "\"00000000-0000-0001-0000-000000000001\"",
            "\"AAEC\"",
            "/**/",
            "\t");

    private final Codec codec = JsonCodec.standard();

    private String document(Random random) {
        String start = switch (random.nextInt(5)) {
            case 0 -> text(Everything.of("t"), TypeRef.of(Everything.class));
            case 1 -> text(new Figure.Circle(0.5), TypeRef.of(Figure.class));
            case 2 -> text(Everything.nothing(), TypeRef.of(Everything.class));
            case 3 -> text(Map.of("a", List.of(1, "x", Map.of())), TypeRef.of(Object.class));
            default -> "";
        };
        StringBuilder made = new StringBuilder(start);
        for (int i = 1 + random.nextInt(start.isEmpty() ? 12 : 4); i > 0; i--) {
            int at = random.nextInt(made.length() + 1);
            int end = Math.min(made.length(), at + random.nextInt(4));
            made.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        }
        return made.toString();
    }

    private <T> String text(T value, TypeRef<T> type) {
        return new String(codec.encode(value, type), StandardCharsets.UTF_8);
    }

    private <T> boolean readAs(TypeRef<T> type, byte[] bytes) {
        T value;
        try {
            value = codec.decode(bytes, type);
        } catch (CodecException refused) {
            assertThat(refused.path()).startsWith("$");
            return false;
        }
        byte[] again = codec.encode(value, type);
        assertThat(codec.encode(codec.decode(again, type), type)).isEqualTo(again);
        return true;
    }

    @Test
    void isRefusedOrIsAValueThatCanBeWritten() {
        long seed = Long.getLong("clew.mutations.seed", 1);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            String document = document(new Random(seed + i));
            for (TypeRef<?> type : TYPES) {
                try {
                    if (readAs(type, document.getBytes(StandardCharsets.UTF_8))) {
                        read++;
                    } else {
                        refused++;
                    }
                } catch (RuntimeException | Error other) {
                    throw new AssertionError("seed " + (seed + i) + ", as " + type + ": " + document, other);
                }
            }
        }
        assertThat(read).isGreaterThan(CASES / 10);
        assertThat(refused).isGreaterThan(CASES);
    }
}
