package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.fuzz.Choices;
import dev.clew.fuzz.FuzzTarget;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Stored objects that migrations see before they are read: refused with a path, or a value of today's form, which the
 * migrations leave alone and a codec without them reads as well.
 *
 * <p>The first byte is the number of the type.
 */
public final class MigrationFuzz implements FuzzTarget {
    private static final List<TypeRef<?>> TYPES = List.of(
            TypeRef.of(MigrationTest.Address.class),
            TypeRef.of(MigrationTest.Person.class),
            TypeRef.of(MigrationTest.Payment.class),
            TypeRef.of(MigrationTest.Card.class),
            TypeRef.of(Bean.class),
            new TypeRef<MigrationTest.Box<MigrationTest.Payment>>() {},
            new TypeRef<Map<String, List<MigrationTest.Person>>>() {},
            TypeRef.of(Everything.class));

    private static final List<String> STORED = List.of(
            "{\"place\":\"12345 Cnossos\"}",
            "{\"name\":\"Ann\",\"home\":{\"place\":\"12345 Cnossos\"},\"others\":[{\"zip\":\"1\",\"city\":\"new\"},null]}",
            "{\"@type\":\"Cheque\",\"iban\":\"x\",\"bank\":{\"place\":\"12345 Cnossos\"}}",
            "{\"euros\":3,\"@type\":\"Card\"}",
            "{\"title\":\"old\",\"when\":\"2024-02-29T00:00:00Z\",\"figure\":{\"@type\":\"Circle\",\"radius\":1.5}}",
            "{\"content\":{\"@type\":\"Card\",\"euros\":3},\"from\":{\"place\":\"54321 Naxos\"}}",
            "{\"a\":[{\"name\":\"Ann\",\"others\":[{\"place\":\"12345 Cnossos\"}]}]}",
            "{\"price\":1.1000000000000000000000000001,\"real\":4.9E-324,\"count\":1000000000000000000000000}");

    private final Codec plain = JsonCodec.standard();
    private final Codec migrating = MigrationTest.migrations()
            .migrate(Everything.class, stored -> {
                stored.replaceAll((name, value) -> value instanceof Map<?, ?> map && map.isEmpty() ? null : value);
                return stored;
            })
            .build();

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int type = 0; type < TYPES.size(); type++) {
            for (String stored : STORED) {
                seeds.add(((char) type + stored).getBytes(StandardCharsets.UTF_8));
            }
        }
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        Choices choices = new Choices(input);
        read(TYPES.get(choices.below(TYPES.size())), choices.rest());
    }

    private <T> void read(TypeRef<T> type, byte[] stored) {
        T value;
        try {
            value = migrating.decode(stored, type);
        } catch (CodecException refused) {
            assertThat(refused.path()).startsWith("$");
            return;
        }
        byte[] today = migrating.encode(value, type);
        assertThat(plain.encode(value, type)).isEqualTo(today);
        assertThat(plain.encode(plain.decode(today, type), type)).isEqualTo(today);
        assertThat(migrating.encode(migrating.decode(today, type), type)).isEqualTo(today);
    }
}
