package dev.clew.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.json.JsonCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How attributes are read as values of the application. */
final class AttributesTest {
    record Limits(double price, long count, BigInteger large, List<String> names, boolean strict) {}

    private static final Map<String, Object> LIMITS = Map.of(
            "price",
            new BigDecimal("1.5"),
            "count",
            7,
            "large",
            new BigInteger("123456789012345678901234567890"),
            "names",
            List.of("a", "b"),
            "strict",
            true);

    private final Attributes attributes = Attributes.of(Map.of("limits", LIMITS, "name", "acme"), JsonCodec.standard());

    @Test
    void aMemberIsReadAsAValueOfItsType() {
        assertThat(attributes.get("limits", Limits.class))
                .isEqualTo(
                        new Limits(1.5, 7, new BigInteger("123456789012345678901234567890"), List.of("a", "b"), true));
        assertThat(attributes.get("name", String.class)).isEqualTo("acme");
        assertThat(attributes.asMap()).containsEntry("limits", LIMITS);
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        assertThat(attributes.has("none")).isFalse();
        assertThat(attributes.find("none", Limits.class)).isEmpty();
        assertThatThrownBy(() -> attributes.get("none", Limits.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("none")
                .hasMessageContaining("limits");
        assertThatThrownBy(() -> attributes.get("name", Limits.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("'name' is no Limits");
    }
}
