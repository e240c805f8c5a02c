package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What no rule of the codec could guess is brought to a type's present form by its user. */
@Tag("B158")
final class MigrationTest {
    record Address(String zip, String city) {}

    record Person(String name, Address home, List<Address> others) {}

    sealed interface Payment permits Card, Transfer {}

    record Card(long cents) implements Payment {}

    record Transfer(String iban, Address bank) implements Payment {}

    record Box<T>(T content, Optional<Address> from) {}

    record Label(Object text) {}

    private static final UnaryOperator<Map<String, Object>> SPLIT = stored -> {
        if (stored.remove("place") instanceof String place) {
            stored.put("zip", place.substring(0, 5));
            stored.put("city", place.substring(6));
        }
        return stored;
    };

    private final JsonCodec codec = migrations().build();

    static JsonCodec.Builder migrations() {
        return JsonCodec.builder()
                .migrate(Address.class, SPLIT)
                .migrate(Payment.class, stored -> {
                    stored.replace("@type", "Cheque", "Transfer");
                    return stored;
                })
                .migrate(Card.class, stored -> {
                    if (stored.remove("euros") instanceof Integer euros) {
                        stored.put("cents", euros * 100L);
                    }
                    return stored;
                })
                .migrate(Bean.class, stored -> {
                    stored.putIfAbsent("name", stored.remove("title"));
                    return stored;
                });
    }

    private <T> T read(String stored, TypeRef<T> type) {
        return codec.decode(stored.getBytes(StandardCharsets.UTF_8), type);
    }

    private <T> T read(String stored, Class<T> type) {
        return read(stored, TypeRef.of(type));
    }

    @Test
    void objectsAreMigratedWhereverTheyLie() {
        assertThat(read("{\"place\":\"12345 Cnossos\"}", Address.class)).isEqualTo(new Address("12345", "Cnossos"));
        assertThat(read(
                        "{\"name\":\"Ann\",\"home\":{\"place\":\"12345 Cnossos\"},\"others\":"
                                + "[{\"zip\":\"1\",\"city\":\"new\"},{\"place\":\"54321 Naxos\"},null]}",
                        Person.class))
                .isEqualTo(new Person(
                        "Ann",
                        new Address("12345", "Cnossos"),
                        java.util.Arrays.asList(new Address("1", "new"), new Address("54321", "Naxos"), null)));
        assertThat(read(
                        "{\"content\":{\"place\":\"12345 Cnossos\"},\"from\":{\"place\":\"54321 Naxos\"}}",
                        new TypeRef<Box<Address>>() {}))
                .isEqualTo(new Box<>(new Address("12345", "Cnossos"), Optional.of(new Address("54321", "Naxos"))));
    }

    @Test
    void whatWasWrittenInThePresentFormIsReadAsItIs() {
        Person person = new Person("Ann", new Address("1", "a"), List.of(new Address("2", "b")));
        byte[] bytes = codec.encode(person, TypeRef.of(Person.class));

        assertThat(codec.decode(bytes, TypeRef.of(Person.class))).isEqualTo(person);
        assertThat(bytes).isEqualTo(JsonCodec.standard().encode(person, TypeRef.of(Person.class)));
    }

    @Test
    void permittedTypesAndTheirNamesAreMigrated() {
        assertThat(read("{\"@type\":\"Card\",\"euros\":3}", Payment.class)).isEqualTo(new Card(300));
        assertThat(read("{\"euros\":3,\"@type\":\"Card\"}", Payment.class)).isEqualTo(new Card(300));
        assertThat(read("{\"euros\":3}", Card.class)).isEqualTo(new Card(300));
        assertThat(read("{\"@type\":\"Cheque\",\"iban\":\"x\",\"bank\":{\"place\":\"12345 Cnossos\"}}", Payment.class))
                .isEqualTo(new Transfer("x", new Address("12345", "Cnossos")));
    }

    @Test
    void beansAreMigrated() {
        assertThat(read("{\"title\":\"old\"}", Bean.class).getName()).isEqualTo("old");
        assertThat(read("{\"name\":\"new\"}", Bean.class).getName()).isEqualTo("new");
    }

    @Test
    void noDigitOfOtherMembersIsLost() {
        record Numbers(java.math.BigDecimal exact, double real, java.math.BigInteger large, byte[] bytes) {}
        JsonCodec migrating =
                JsonCodec.builder().migrate(Numbers.class, stored -> stored).build();
        Numbers numbers = new Numbers(
                new java.math.BigDecimal("1.1000000000000000000000000001"),
                Double.MIN_VALUE,
                java.math.BigInteger.TEN.pow(40),
                new byte[] {1, 2, 3});

        Numbers read =
                migrating.decode(migrating.encode(numbers, TypeRef.of(Numbers.class)), TypeRef.of(Numbers.class));

        assertThat(read).usingRecursiveComparison().isEqualTo(numbers);
    }

    @Test
    void whatDoesNotFitAfterwardsFailsWithItsPath() {
        assertThatThrownBy(() -> read("{\"name\":\"Ann\",\"others\":[{\"zip\":1}]}", Person.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("found an integer")
                .hasMessageEndingWith("at $.others[0].zip");
        assertThatThrownBy(() -> read("{\"name\":\"Ann\",\"home\":{\"place\":\"x\"}}", Person.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("the migration of " + Address.class.getName() + " threw")
                .hasMessageEndingWith("at $.home")
                .hasCauseInstanceOf(StringIndexOutOfBoundsException.class);
        assertThatThrownBy(() -> read("[]", Address.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("expected an object, found an array");
    }

    @Test
    void onlyObjectsCanBeMigratedAndOnlyInOneWay() {
        JsonCodec.Builder builder = JsonCodec.builder().migrate(Address.class, SPLIT);

        assertThatThrownBy(() -> builder.migrate(Address.class, SPLIT)).isInstanceOf(ClewException.class);
        assertThatThrownBy(() -> builder.migrate(Color.class, SPLIT)).hasMessageContaining("no members");
        assertThatThrownBy(() -> builder.migrate(String.class, SPLIT)).hasMessageContaining("no members");
    }

    @Test
    void setThatWouldLoseAMigratedElementIsRefused() {
        JsonCodec migrating =
                JsonCodec.builder().migrate(Label.class, stored -> stored).build();
        Set<Label> labels = Set.of(new Label(1), new Label(1L));

        assertThatThrownBy(() -> migrating.encode(labels, new TypeRef<Set<Label>>() {}))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("two elements of a set with the same stored form");
    }
}
