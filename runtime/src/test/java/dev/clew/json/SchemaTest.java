package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema of a type describes what is written of its values: judged by a validator that is not ours. */
class SchemaTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Codec codec = JsonCodec.standard();

    record Meal(String name, int courses, Optional<Meal> next, List<Drink> drinks) {}

    enum Drink {
        TEA,
        WINE
    }

    sealed interface Guest permits Guest.Known, Guest.Unknown {
        record Known(String name, Meal favourite) implements Guest {}

        record Unknown() implements Guest {}
    }

    private static List<Error> errors(String schema, String json) {
        return REGISTRY.getSchema(schema).validate(json, InputFormat.JSON);
    }

    private String schema(TypeRef<?> type) {
        return codec.schema(type).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource({
        "dev.clew.json.RoundTripTest#scalars",
        "dev.clew.json.RoundTripTest#times",
        "dev.clew.json.RoundTripTest#containers",
        "dev.clew.json.RoundTripTest#keys",
        "dev.clew.json.RoundTripTest#records",
        "dev.clew.json.RoundTripTest#sealedTypes",
        "dev.clew.json.RoundTripTest#beans"
    })
    void fitsWhatIsWritten(Object value, TypeRef<?> type) {
        String json = new String(codec.encode(value, type), StandardCharsets.UTF_8);

        boolean tooLongForTheValidator = json.length() > 1_000;
        if (value != null && !tooLongForTheValidator) {
            assertThat(errors(schema(type), json)).as("%s of %s", json, type).isEmpty();
        }
    }

    static Stream<Object> formatted() {
        return Stream.of(new UUID(1, 2), Instant.parse("2026-01-02T03:04:05.678Z"), LocalDate.EPOCH);
    }

    @ParameterizedTest
    @MethodSource("formatted")
    void namesTheFormatOfIdsAndMoments(Object value) {
        String schema = schema(TypeRef.of(value.getClass()));
        List<Error> none = REGISTRY.getSchema(schema)
                .validate(
                        "\"" + value + "\"",
                        InputFormat.JSON,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));

        assertThat(schema).contains("\"format\"");
        assertThat(none).isEmpty();
    }

    static Stream<Everything> everything() {
        return Stream.of(Everything.of("text"), Everything.nothing());
    }

    @ParameterizedTest
    @MethodSource("everything")
    void fitsEveryKindOfMember(Everything value) {
        TypeRef<Everything> type = TypeRef.of(Everything.class);
        String json = new String(codec.encode(value, type), StandardCharsets.UTF_8);

        assertThat(errors(schema(type), json)).isEmpty();
    }

    @Test
    void describesTypesOnceAndByName() {
        assertThat(schema(TypeRef.of(Meal.class))).isEqualTo("""
                        {"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"#/$defs/Meal","$defs":\
                        {"Meal":{"type":"object","properties":{"name":{"type":["string","null"]},\
                        "courses":{"type":"integer","minimum":-2147483648,"maximum":2147483647},\
                        "next":{"anyOf":[{"$ref":"#/$defs/Meal"},{"type":"null"}]},\
                        "drinks":{"anyOf":[{"type":"array","items":{"anyOf":[{"enum":["TEA","WINE"]},{"type":"null"}]}},\
                        {"type":"null"}]}},\
                        "required":["name","courses","next","drinks"],"additionalProperties":false}}}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | refused",
                "[] | refused",
                "{\"@type\":\"Unknown\"} | ok",
                "{\"@type\":\"Unknown\",\"@type2\":1} | refused",
                "{\"@type\":\"Other\"} | refused",
                "{\"@type\":\"Known\",\"name\":1,\"favourite\":null} | refused",
                "{\"@type\":\"Known\",\"name\":null,\"favourite\":null} | ok",
                "{\"@type\":\"Known\",\"name\":\"x\",\"favourite\":{\"name\":\"y\",\"courses\":1.5,\"next\":null,\"drinks\":[]}} | refused",
                "{\"@type\":\"Known\",\"name\":\"x\",\"favourite\":{\"name\":\"y\",\"courses\":2,\"next\":null,\"drinks\":[\"BEER\"]}} | refused",
                "{\"@type\":\"Known\",\"name\":\"x\",\"favourite\":{\"name\":\"y\",\"courses\":2,\"next\":null,\"drinks\":[\"TEA\"]}} | ok"
            })
    void refusesWhatIsNeverWritten(String json, String verdict) {
        assertThat(errors(schema(TypeRef.of(Guest.class)), json).isEmpty()).isEqualTo("ok".equals(verdict));
    }

    @Test
    void isNullForNoValueAndAnythingForAnObject() {
        assertThat(schema(TypeRef.of(Void.class))).contains("\"type\":\"null\"");
        assertThat(errors(schema(TypeRef.of(Object.class)), "{\"a\":[1]}")).isEmpty();
        assertThat(errors(schema(new TypeRef<Map<String, Integer>>() {}), "{\"a\":1}"))
                .isEmpty();
        assertThat(errors(schema(new TypeRef<Map<String, Integer>>() {}), "{\"a\":\"b\"}"))
                .isNotEmpty();
    }

    @Test
    void isRefusedForTypesWithoutAStoredForm() {
        assertThatThrownBy(() -> codec.schema(TypeRef.of(Stream.class))).isInstanceOf(CodecException.class);
    }

    @Test
    void isTheSameWhereTheBytesAreEncryptedAfterwards() {
        Codec encrypting = EncryptingCodec.builder(codec)
                .key("k", new javax.crypto.spec.SecretKeySpec(new byte[32], "AES"))
                .build();

        assertThat(encrypting.schema(TypeRef.of(Meal.class))).contains(schema(TypeRef.of(Meal.class)));
    }
}
