package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Types of third parties are handled by the modules that users add. */
final class ModuleTest {
    private final JsonCodec codec = JsonCodec.builder().module(money()).build();

    /** A class of somebody else's: no bean, no record. */
    static final class Money {
        private final long cents;

        private Money(long cents) {
            this.cents = cents;
        }

        static Money cents(long cents) {
            return new Money(cents);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Money that && cents == that.cents;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(cents);
        }
    }

    record Bill(Money total, List<Money> parts, Map<String, Money> named) {}

    @Test
    void typesOfModulesAreWrittenAndReadWhereverTheyAre() {
        Bill bill = new Bill(Money.cents(5), List.of(Money.cents(1), Money.cents(4)), Map.of("a", Money.cents(0)));

        assertThat(codec.decode(codec.encode(bill, TypeRef.of(Bill.class)), TypeRef.of(Bill.class)))
                .isEqualTo(bill);
        assertThat(codec.decodePlain(codec.encode(Money.cents(5), TypeRef.of(Object.class))))
                .isEqualTo("5c");
    }

    @Test
    void pathsLeadIntoTypesOfModulesAndShowNoValue() {
        assertThatThrownBy(() -> codec.decode("{\"parts\":[\"1c\",\"SECRET\"]}".getBytes(), TypeRef.of(Bill.class)))
                .isInstanceOf(CodecException.class)
                .hasMessageEndingWith("at $.parts[1]")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void withoutTheModuleTheTypeIsRefused() {
        assertThatThrownBy(() -> JsonCodec.standard().encode(Money.cents(5), TypeRef.of(Money.class)))
                .isInstanceOf(CodecException.class);
    }

    private static SimpleModule money() {
        return new SimpleModule()
                .addSerializer(Money.class, new StdSerializer<Money>(Money.class) {
                    @Override
                    public void serialize(Money value, JsonGenerator gen, SerializationContext context) {
                        gen.writeString(value.cents + "c");
                    }
                })
                .addDeserializer(Money.class, new StdDeserializer<Money>(Money.class) {
                    @Override
                    public Money deserialize(JsonParser in, DeserializationContext context) {
                        String text = in.getString();
                        return Money.cents(Long.parseLong(text.substring(0, text.length() - 1)));
                    }
                });
    }
}
