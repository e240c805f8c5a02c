package dev.clew.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.value.Codec.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EncryptingCodecTest {
    private static final Place STEP = new Place("step", "run-1/7");
    private static final byte[] CLEAR = "\"a secret\"".getBytes(StandardCharsets.UTF_8);
    private static final Object[] ARGUMENTS = {"rain"};
    private static final List<TypeRef<String>> TYPES = List.of(TypeRef.of(String.class));

    private final Codec plain = new TextCodec();
    private final Codec old =
            EncryptingCodec.builder(plain).key("k1", key(1, 32)).build();
    private final Codec rotated = EncryptingCodec.builder(plain)
            .key("k1", key(1, 32))
            .key("k2", key(2, 16))
            .current("k2")
            .build();

    @Test
    void revealsWhatItProtected() {
        assertThat(old.reveal(old.protect(CLEAR, STEP), STEP)).isEqualTo(CLEAR);
        assertThat(old.reveal(old.protect(new byte[0], STEP), STEP)).isEmpty();
    }

    @Test
    void storesNothingReadableAndNeverTheSameBytesTwice() {
        byte[] stored = old.protect(CLEAR, STEP);

        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(old.protect(CLEAR, STEP)).isNotEqualTo(stored);
    }

    @Test
    void readsOldValuesAfterRotationAndWritesUnderTheNewKey() {
        assertThat(rotated.reveal(old.protect(CLEAR, STEP), STEP)).isEqualTo(CLEAR);
        assertThatThrownBy(() -> old.reveal(rotated.protect(CLEAR, STEP), STEP))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("'k2'")
                .hasMessageContaining("step 'run-1/7'")
                .hasMessageContaining("not known");
    }

    @Test
    void readsWhatKeysOf256BitsWroteBeforeEachValueHadAKeyOfItsOwn() {
        byte[] stored = HexFormat.of()
                .parseHex("01026b31cfac1a0623d793656c7e898a6c1a517f96893ed4ee402cfcb7c42b28a8270393bf23212160a0");

        assertThat(old.reveal(stored, STEP)).isEqualTo(CLEAR);
        assertThat(rotated.reveal(stored, STEP)).isEqualTo(CLEAR);
    }

    @Test
    void readsWhatKeysOf256BitsWroteFirstByXaes() {
        byte[] stored = HexFormat.of()
                .parseHex(
                        "02026b31517c1a5419ff2fd23a4233483be66c73c31c60b3d436da80d85df4b2ac7dccbc3515c638cc37dd9b6cb9ef5268d29c943ef4");

        assertThat(old.reveal(stored, STEP)).isEqualTo(CLEAR);
    }

    @Test
    void keysOf256BitsWriteAKeyPerValueAndKeysOf128BitsDoNot() {
        int header = 4;
        int tag = 16;

        assertThat(old.protect(CLEAR, STEP)).startsWith(2).hasSize(header + 24 + CLEAR.length + tag);
        assertThat(rotated.protect(CLEAR, STEP)).startsWith(1).hasSize(header + 12 + CLEAR.length + tag);
    }

    @Test
    void refusesTheOtherVersionOfAnEnvelope() {
        for (Codec codec : List.of(old, rotated)) {
            byte[] stored = codec.protect(CLEAR, STEP);
            stored[0] ^= 3;

            assertThatThrownBy(() -> codec.reveal(stored, STEP))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("was changed");
        }
    }

    @Test
    void refusesEveryChangedBit() {
        byte[] stored = old.protect(CLEAR, STEP);

        for (int bit = 0; bit < stored.length * 8; bit++) {
            byte[] changed = stored.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> old.reveal(changed, STEP)).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void refusesEveryShortenedValue() {
        byte[] stored = old.protect(CLEAR, STEP);

        for (int length = 0; length < stored.length; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            assertThatThrownBy(() -> old.reveal(cut, STEP)).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void refusesValuesFromAnotherPlace() {
        byte[] stored = old.protect(CLEAR, STEP);

        for (Place other :
                List.of(new Place("step", "run-1/8"), new Place("question", "run-1/7"), new Place("", "step"))) {
            assertThatThrownBy(() -> old.reveal(stored, other))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("moved")
                    .hasMessageContaining("'k1'")
                    .hasMessageContaining("'" + other.id() + "'");
        }
    }

    @Test
    void refusesTheSameSecretUnderAnotherKeyId() {
        Codec renamed = EncryptingCodec.builder(plain).key("k2", key(1, 32)).build();
        byte[] stored = old.protect(CLEAR, STEP);
        stored[3] = '2';

        assertThatThrownBy(() -> renamed.reveal(stored, STEP)).isInstanceOf(CodecException.class);
    }

    @Test
    void refusesClearValuesUnlessTold() {
        Codec migrating = EncryptingCodec.builder(plain)
                .key("k1", key(1, 32))
                .acceptClear(true)
                .build();

        assertThatThrownBy(() -> old.reveal(CLEAR, STEP)).hasMessageContaining("not encrypted");
        assertThat(migrating.reveal(CLEAR, STEP)).isEqualTo(CLEAR);
        assertThat(migrating.matches(plain.digest(ARGUMENTS, TYPES), ARGUMENTS, TYPES))
                .isTrue();
    }

    @Test
    void digestsMatchUnderTheKeyTheyCarry() {
        byte[] recorded = old.digest(ARGUMENTS, TYPES);

        assertThat(rotated.digest(ARGUMENTS, TYPES)).isNotEqualTo(recorded);
        assertThat(rotated.matches(recorded, ARGUMENTS, TYPES)).isTrue();
        assertThat(rotated.matches(recorded, new Object[] {"snow"}, TYPES)).isFalse();
        assertThat(old.digest(ARGUMENTS, TYPES)).isEqualTo(recorded);
    }

    @Test
    void digestsDoNotRevealTheDigestOfTheClearValue() {
        byte[] clear = plain.digest(ARGUMENTS, TYPES);

        assertThat(old.digest(ARGUMENTS, TYPES)).isNotEqualTo(clear);
        assertThat(old.matches(clear, ARGUMENTS, TYPES)).isFalse();
    }

    @Test
    void digestUnderAnUnknownKeyNamesTheKey() {
        assertThatThrownBy(() -> old.matches(rotated.digest(ARGUMENTS, TYPES), ARGUMENTS, TYPES))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("'k2'");
    }

    @Test
    void valuesAreWrittenByTheInnerCodec() {
        assertThat(old.encode("x", TypeRef.of(String.class))).isEqualTo(plain.encode("x", TypeRef.of(String.class)));
        assertThat(old.decode(CLEAR, TypeRef.of(String.class))).isEqualTo("\"a secret\"");
        assertThat(old.decodePlain(CLEAR)).isEqualTo("\"a secret\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 15, 24, 33})
    void refusesKeysOfOtherLengths(int length) {
        assertThatThrownBy(() -> EncryptingCodec.builder(plain).key("k", key(1, length)))
                .isInstanceOf(ClewException.class)
                .hasMessageContaining("'k'");
    }

    @Test
    void refusesUnclearKeys() {
        EncryptingCodec.Builder two =
                EncryptingCodec.builder(plain).key("a", key(1, 32)).key("b", key(2, 32));

        assertThatThrownBy(two::build).hasMessageContaining("current");
        assertThatThrownBy(() -> two.current("c").build()).hasMessageContaining("'c'");
        assertThatThrownBy(() -> two.key("a", key(3, 32))).hasMessageContaining("'a'");
        assertThatThrownBy(() -> two.key("", key(3, 32))).isInstanceOf(ClewException.class);
        assertThatThrownBy(() -> EncryptingCodec.builder(plain).build()).isInstanceOf(ClewException.class);
    }

    private static SecretKey key(int seed, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) seed);
        return new SecretKeySpec(bytes, "AES");
    }

    /** Texts as themselves. */
    private static final class TextCodec implements Codec {
        @Override
        public byte[] encode(Object value, TypeRef<?> type) {
            return value.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        @SuppressWarnings("unchecked") // texts only
        public <T> T decode(byte[] bytes, TypeRef<T> type) {
            return (T) decodePlain(bytes);
        }

        @Override
        public Object decodePlain(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public byte[] digest(Object[] values, List<? extends TypeRef<?>> types) {
            return Arrays.copyOf(Arrays.toString(values).getBytes(StandardCharsets.UTF_8), 12);
        }
    }
}
