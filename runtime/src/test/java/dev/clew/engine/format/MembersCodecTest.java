package dev.clew.engine.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of types with members are stored member by member, whatever the codec. */
class MembersCodecTest {
    private static final Codec JSON = MembersCodec.over(JsonCodec.standard());

    record Chapter(String title, Optional<Chapter> next) {}

    record Patch(Map<String, @Nullable Object> values) {}

    /** Members of which some were dropped, or are refused. */
    enum PatchMembers implements Members<Patch> {
        ONLY;

        private static final Map<String, TypeRef<?>> TYPES = new LinkedHashMap<>();

        static {
            TYPES.put("title", TypeRef.of(String.class));
            TYPES.put("pages", new TypeRef<List<Integer>>() {});
            TYPES.put("tags", new TypeRef<Set<String>>() {});
            TYPES.put("first", TypeRef.of(Chapter.class));
            TYPES.put("last", TypeRef.of(Chapter.class));
        }

        @Override
        public Map<String, TypeRef<?>> types() {
            return TYPES;
        }

        @Override
        public List<Member> of(Patch patch) {
            List<Member> members = new ArrayList<>();
            patch.values().forEach((name, value) -> members.add(new Member(name, type(name), value)));
            return members;
        }

        private static TypeRef<?> type(String name) {
            return name.equals("inner") ? PATCH : Objects.requireNonNull(TYPES.get(name));
        }

        @Override
        public Patch from(Stored stored) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (String name : stored.names()) {
                if (name.equals("titel")) {
                    throw new IllegalRequestException("there is no 'titel'; did you mean 'title'?");
                }
                if (!name.equals("gone")) {
                    values.put(name, stored.get(name, type(name)));
                }
            }
            return new Patch(values);
        }
    }

    private static final TypeRef<Patch> PATCH = TypeRef.of(Patch.class, PatchMembers.ONLY);

    /** A codec whose format has no objects. */
    private static final class Terse implements Codec {
        private final Codec json = JsonCodec.standard();

        @Override
        public byte[] encode(@Nullable Object value, TypeRef<?> type) {
            return ("!" + new String(json.encode(value, type), UTF_8)).getBytes(UTF_8);
        }

        @Override
        public <T> @Nullable T decode(byte[] bytes, TypeRef<T> type) {
            return json.decode(new String(bytes, UTF_8).substring(1).getBytes(UTF_8), type);
        }

        @Override
        public @Nullable Object decodePlain(byte[] bytes) {
            return json.decodePlain(new String(bytes, UTF_8).substring(1).getBytes(UTF_8));
        }

        @Override
        public byte[] digest(@Nullable Object[] values, List<? extends TypeRef<?>> types) {
            return json.digest(values, types);
        }
    }

    static List<Codec> codecs() {
        return List.of(
                JSON,
                MembersCodec.over(new Terse()),
                MembersCodec.over(EncryptingCodec.builder(JsonCodec.standard())
                        .key("k", new SecretKeySpec(new byte[32], "AES"))
                        .build()));
    }

    private static Patch patch(Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Patch(values);
    }

    private static String json(Patch patch) {
        return new String(JSON.encode(patch, PATCH), UTF_8);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void valuesComeBackEqual(Codec codec) {
        Patch empty = patch();
        Patch nothing = patch("title", null);
        Patch nested = patch("pages", List.of(1, 2), "inner", patch("title", "a \" b, } ]", "inner", empty));

        for (Patch patch : List.of(empty, nothing, nested)) {
            assertThat(codec.decode(codec.encode(patch, PATCH), PATCH)).isEqualTo(patch);
        }
        assertThat(codec.decode(codec.encode(null, PATCH), PATCH)).isNull();
    }

    @Test
    void jsonHasAnObjectOfTheMembersThatAreThere() {
        assertThat(json(patch("pages", List.of(1, 2), "title", null))).isEqualTo("{\"pages\":[1,2],\"title\":null}");
        assertThat(JSON.decodePlain(JSON.encode(patch("title", "x"), PATCH))).isEqualTo(Map.of("title", "x"));
    }

    @Test
    void readsWhatOthersWrote() {
        String spaced = " { \"pages\" : [ 1 , 2 ] , \"title\" :\t\"t\" , \"gone\" : { \"a\" : 1.50 } } ";

        assertThat(JSON.decode(spaced.getBytes(UTF_8), PATCH)).isEqualTo(patch("pages", List.of(1, 2), "title", "t"));
    }

    @Test
    void refusalsNameTheMember() {
        assertRefused("{\"pages\":[1,\"x\"]}", "$.pages[1]");
        assertRefused("{\"inner\":{\"title\":7}}", "$.inner.title");
        assertRefused("{\"titel\":\"t\"}", "did you mean 'title'? at $");
        assertRefused("{\"title\":\"t\"}{}", "$");
        assertRefused("{\"title\":\"t\"", "$");
        assertRefused("[]", "$");
        assertThatThrownBy(() -> JSON.encode(patch("first", new Chapter("x", null)), PATCH))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("$.first.next");
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> JSON.decode(json.getBytes(UTF_8), PATCH))
                .isInstanceOf(CodecException.class)
                .hasMessageEndingWith(message);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void digestsAreOfTheCanonicalForm(Codec codec) {
        Patch one = patch("title", "t", "tags", new LinkedHashSet<>(List.of("a", "b")));
        Patch same = new Patch(new HashMap<>(Map.of("tags", Set.of("b", "a"), "title", "t")));
        Patch other = patch("title", "u", "tags", Set.of("a", "b"));
        byte[] digest = codec.digest(new Object[] {one, "x"}, List.of(PATCH, TypeRef.of(String.class)));

        assertThat(codec.matches(digest, new Object[] {same, "x"}, List.of(PATCH, TypeRef.of(String.class))))
                .isTrue();
        assertThat(codec.matches(digest, new Object[] {other, "x"}, List.of(PATCH, TypeRef.of(String.class))))
                .isFalse();
    }

    @Test
    void schemaDescribesWhatIsWritten() {
        String schema = JSON.schema(PATCH).orElseThrow();
        Patch patch = patch("title", "t", "first", new Chapter("a", Optional.of(new Chapter("b", Optional.empty()))));

        assertThat(isValid(schema, json(patch))).as(schema).isTrue();
        assertThat(isValid(schema, "{\"first\":{\"title\":\"a\",\"next\":{\"title\":1,\"next\":null}}}"))
                .isFalse();
        assertThat(isValid(schema, "{\"other\":1}")).isFalse();
    }

    private static boolean isValid(String schema, String json) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(json, InputFormat.JSON)
                .isEmpty();
    }

    @Test
    void checksTheTypesOfMembers() {
        JSON.check(PATCH);

        assertThatThrownBy(() -> JSON.check(TypeRef.of(Patch.class, new OneMember(TypeRef.of(Thread.class)))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("$.it");
    }

    private record OneMember(TypeRef<?> type) implements Members<Patch> {
        @Override
        public Map<String, TypeRef<?>> types() {
            return Map.of("it", type);
        }

        @Override
        public List<Member> of(Patch patch) {
            return List.of();
        }

        @Override
        public Patch from(Stored stored) {
            return new Patch(Map.of());
        }
    }

    @Test
    void referencesAreEqualIfTheirMembersAre() {
        assertThat(PATCH)
                .isEqualTo(TypeRef.of(Patch.class, PatchMembers.ONLY))
                .isNotEqualTo(TypeRef.of(Patch.class))
                .isNotEqualTo(TypeRef.of(Patch.class, new OneMember(TypeRef.of(String.class))));
    }
}
