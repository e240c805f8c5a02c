package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A type changed while values of its old form are stored: they are read, or refused with path and cause. */
final class EvolutionTest {
    private final JsonCodec codec = JsonCodec.standard();

    record Grown(
            String name,
            int count,
            boolean flag,
            double real,
            char letter,
            Integer box,
            Optional<String> note,
            OptionalInt index,
            List<String> list) {}

    record Renamed(
            @JsonProperty("full-name") @JsonAlias({"name", "title"})
            String fullName) {}

    record Strict(String name) {
        Strict {
            Objects.requireNonNull(name, "name");
        }
    }

    record Numeric(int count, Integer box, String text, boolean flag, double real, long large) {}

    @Test
    void removedMembersAreIgnored() {
        String stored = "{\"x\":1,\"gone\":{\"deep\":[1,{\"@type\":\"java.lang.Runtime\"}]},\"y\":2,\"also\":null}";

        assertThat(read(stored, Point.class)).isEqualTo(new Point(1, 2));
    }

    @Test
    void addedMembersAreNullZeroFalseOrEmpty() {
        assertThat(read("{\"name\":\"n\"}", Grown.class))
                .isEqualTo(new Grown("n", 0, false, 0, (char) 0, null, Optional.empty(), OptionalInt.empty(), null));
    }

    @Test
    void movedMembersAreFound() {
        assertThat(read("{\"y\":2,\"x\":1}", Point.class)).isEqualTo(new Point(1, 2));
    }

    @Test
    void renamedMembersAreReadUnderTheirOldNames() {
        assertThat(read("{\"title\":\"n\"}", Renamed.class)).isEqualTo(new Renamed("n"));
        assertThat(read("{\"full-name\":\"n\"}", Renamed.class)).isEqualTo(new Renamed("n"));
        assertThat(new String(codec.encode(new Renamed("n"), TypeRef.of(Renamed.class)), StandardCharsets.UTF_8))
                .isEqualTo("{\"full-name\":\"n\"}");
    }

    @Test
    void recordsMayRefuseWhatIsMissingAndTheirReasonIsTheCause() {
        assertThatThrownBy(() -> codec.decode(bytes("[{}]"), new TypeRef<List<Strict>>() {}))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Strict")
                .hasMessageEndingWith("at $[0]")
                .hasCauseInstanceOf(NullPointerException.class);
    }

    @Test
    void memberThatBecameOptionalIsRead() {
        record Before(String note) {}
        record After(Optional<String> note) {}

        byte[] present = codec.encode(new Before("n"), TypeRef.of(Before.class));
        byte[] missing = codec.encode(new Before(null), TypeRef.of(Before.class));

        assertThat(codec.decode(present, TypeRef.of(After.class))).isEqualTo(new After(Optional.of("n")));
        assertThat(codec.decode(missing, TypeRef.of(After.class))).isEqualTo(new After(Optional.empty()));
    }

    @Test
    void recordThatJoinedASealedTypeIsReadWithoutItsDiscriminator() {
        assertThat(read("{\"radius\":1.0}", Figure.Circle.class)).isEqualTo(new Figure.Circle(1));
    }

    @Test
    void widenedNumbersAreRead() {
        assertThat(read("{\"real\":5,\"large\":7}", Numeric.class)).isEqualTo(new Numeric(0, null, null, false, 5, 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"count\":null}     | $.count | null",
                "{\"count\":\"1\"}    | $.count | found text",
                "{\"count\":\"\"}     | $.count | found text",
                "{\"count\":1.0}      | $.count | found a decimal number",
                "{\"count\":1e2}      | $.count | found a decimal number",
                "{\"count\":true}     | $.count | found a boolean",
                "{\"count\":[1]}      | $.count | found an array",
                "{\"count\":{}}       | $.count | found an object",
                "{\"count\":2147483648} | $.count | outside the range",
                "{\"count\":99999999999999999999} | $.count | outside the range",
                "{\"box\":\"1\"}      | $.box   | found text",
                "{\"text\":1}         | $.text  | found an integer",
                "{\"text\":true}      | $.text  | found a boolean",
                "{\"text\":[]}        | $.text  | found an array",
                "{\"flag\":1}         | $.flag  | found an integer",
                "{\"flag\":\"true\"}  | $.flag  | found text",
                "{\"real\":\"1.5\"}   | $.real  | found text",
                "{\"real\":1e999}     | $.real  | outside the range",
                "{\"real\":9007199254740993} | $.real | cannot hold exactly",
                "{\"large\":9223372036854775808} | $.large | outside the range",
                "{\"count\":1,\"count\":2} | $.count | twice",
                "[]                   | $       | found an array",
                "\"x\"                | $       | found text",
            })
    void nothingIsConverted(String stored, String path, String reason) {
        assertThatThrownBy(() -> read(stored, Numeric.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("Numeric")
                .extracting(e -> ((CodecException) e).path())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"count\":\"1\"}  | $.count",
                "{\"count\":1.5}    | $.count",
                "{\"count\":null}   | $.count",
                "{\"name\":1}       | $.name",
                "{\"real\":\"1\"}   | $.real",
                "{\"figures\":{}}   | $.figures",
                "{\"figures\":\"\"} | $.figures",
                "{\"point\":\"\"}   | $.point",
                "{\"point\":{\"x\":\"1\"}} | $.point.x",
                "{\"when\":0}       | $.when",
            })
    void nothingIsConvertedInBeansEither(String stored, String path) {
        assertThatThrownBy(() -> read(stored, Bean.class))
                .isInstanceOf(CodecException.class)
                .extracting(e -> ((CodecException) e).path())
                .isEqualTo(path);
    }

    @Test
    void unknownMembersOfBeansAreIgnored() {
        assertThat(read("{\"gone\":[1,2],\"name\":\"n\"}", Bean.class).getName())
                .isEqualTo("n");
    }

    private <T> T read(String stored, Class<T> type) {
        return codec.decode(bytes(stored), TypeRef.of(type));
    }

    private static byte[] bytes(String stored) {
        return stored.getBytes(StandardCharsets.UTF_8);
    }
}
