package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What language models are told to write: narrower than what is stored, and nothing that a provider refuses. */
final class ModelSchemaTest {
    private final Codec codec = JsonCodec.standard();

    record Transfer(
            String to,
            long cents,
            Optional<String> note,
            @Nullable Instant due) {}

    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    record Square(int side, Shape inside) implements Shape {}

    enum Colour {
        RED,
        BLUE
    }

    record All(
            short small,
            char letter,
            LocalTime at,
            BigDecimal price,
            Colour colour,
            List<String> names,
            Map<String, Integer> counts,
            Shape shape) {}

    record Tree(String name, List<Tree> children) {}

    sealed interface Clash {}

    record Typed(String type) implements Clash {}

    private String schema(Class<?> type) {
        return codec.modelSchema(TypeRef.of(type)).orElseThrow();
    }

    @Test
    void rootStandsWhereItIsAndNullIsWantedOnlyWhereItIsMeant() {
        assertThat(schema(Transfer.class))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"to\":{\"type\":\"string\"},\"cents\":{\"type\":\"integer\"},"
                                + "\"note\":{\"type\":[\"string\",\"null\"]},"
                                + "\"due\":{\"type\":[\"string\",\"null\"],\"format\":\"date-time\","
                                + "\"description\":\"such as 2031-01-31T10:15:30Z\"}},"
                                + "\"required\":[\"to\",\"cents\"],\"additionalProperties\":false}");
    }

    @Test
    void casesAreToldApartByTypeAndNoNameHasAnAt() {
        assertThat(schema(Shape.class))
                .doesNotContain("@type", "oneOf", "$schema")
                .contains("\"anyOf\":[{\"$ref\":\"#/$defs/Circle\"},{\"$ref\":\"#/$defs/Square\"}]")
                .contains("\"type\":{\"const\":\"Circle\"}")
                .contains("\"radius\":{\"type\":\"number\"}");
    }

    @Test
    void boundsAreWordsAndTimesHaveAnExample() {
        assertThat(schema(All.class))
                .doesNotContain("minimum", "maxLength", "NaN")
                .contains("\"small\":{\"type\":\"integer\",\"description\":\"from -32768 to 32767\"}")
                .contains("\"at\":{\"type\":\"string\",\"description\":\"a time such as 10:15:30\"}")
                .contains("\"price\":{\"type\":\"number\"}")
                .contains("\"colour\":{\"enum\":[\"RED\",\"BLUE\"],\"type\":\"string\"}")
                .contains("\"names\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}")
                .contains("\"counts\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}");
    }

    @Test
    void typeThatRefersToItselfKeepsItsDefinition() {
        assertThat(schema(Tree.class))
                .startsWith("{\"type\":\"object\"")
                .contains("\"$defs\":{\"Tree\":")
                .contains("{\"$ref\":\"#/$defs/Tree\"}");
    }

    @Test
    void membersMakeAnObjectOfTheirOwn() {
        Map<String, Codec.ModelMember> members = new LinkedHashMap<>();
        members.put("trip", new Codec.ModelMember(TypeRef.of(Circle.class), false, "where to"));
        members.put("days", new Codec.ModelMember(TypeRef.of(int.class), false, ""));

        assertThat(codec.modelSchema(members).orElseThrow())
                .startsWith("{\"type\":\"object\",\"properties\":{\"trip\":"
                        + "{\"$ref\":\"#/$defs/Circle\",\"description\":\"where to\"},\"days\":{\"type\":\"integer\"}},"
                        + "\"required\":[\"trip\",\"days\"],\"additionalProperties\":false,\"$defs\":{\"Circle\":");
    }

    @Test
    void caseWithAComponentTypeIsRefused() {
        assertThatThrownBy(() -> schema(Clash.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("'type'")
                .hasMessageContaining("discriminator");
    }
}
