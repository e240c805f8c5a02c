package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people read of a type, value or text that is refused, and what is read of texts that fit in part. A change of the words is
 * meant, and then the file is written again by {@link #main}.
 */
final class GoldenRefusalsTest {
    private static final String FILE = "golden-refusals.txt";

    private final Codec codec = JsonCodec.standard();

    @Test
    void typesAndValuesAreRefusedInTheseWords() {
        assertThat(refusals()).isEqualTo(lines("refused: "));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void textsAreReadOrRefusedInTheseWords(String reader) {
        assertThat(readings(reader)).isEqualTo(lines(reader + ": "));
    }

    static List<String> readers() {
        return GoldenRefusals.READERS;
    }

    private Map<String, String> refusals() {
        Map<String, String> lines = new LinkedHashMap<>();
        GoldenRefusals.all()
                .forEach((name, refused) -> lines.put("refused: " + name, outcome(() -> {
                    if (refused.value() == null) {
                        codec.check(refused.type());
                        return "passes";
                    }
                    return text(codec.encode(refused.value(), refused.type()));
                })));
        return lines;
    }

    private Map<String, String> readings(String reader) {
        GoldenValues.Golden golden = GoldenValues.all().get(reader);
        Map<String, String> lines = new LinkedHashMap<>();
        for (String text : GoldenRefusals.TEXTS) {
            lines.put(
                    reader + ": " + text,
                    outcome(() -> text(codec.encode(
                            codec.decode(text.getBytes(StandardCharsets.UTF_8), golden.type()), golden.type()))));
        }
        return lines;
    }

    private static String outcome(Supplier<String> work) {
        try {
            return "= " + work.get();
        } catch (CodecException e) {
            return "! " + e.getMessage().replaceAll("(\\$\\$Lambda)\\S+|(GoldenRefusals\\$)\\d+", "$1$2");
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static Map<String, String> lines(String prefix) {
        try (InputStream in = GoldenRefusalsTest.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.split("\t", 2))
                    .collect(Collectors.toMap(
                            line -> line[0], line -> line[1], (one, other) -> one, LinkedHashMap::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Prints the file. */
    public static void main(String[] arguments) {
        GoldenRefusalsTest test = new GoldenRefusalsTest();
        Map<String, String> lines = test.refusals();
        GoldenRefusals.READERS.forEach(reader -> lines.putAll(test.readings(reader)));
        lines.forEach((name, outcome) -> System.out.println(name + "\t" + outcome));
    }
}
