package dev.clew.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.fuzz.Choices;
import dev.clew.fuzz.FuzzTarget;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelopes that were made without the key: refused, and no digest of theirs matches.
 *
 * <p>An even first byte gives the whole envelope, an odd one changes a true envelope.
 */
public final class EnvelopeFuzz implements FuzzTarget {
    private static final Place PLACE = new Place("step", "run-1/7");
    private static final Object[] ARGUMENTS = {"rain"};
    private static final List<TypeRef<String>> TYPES = List.of(TypeRef.of(String.class));
    /** {@code "a secret"}, as {@link #strict} protected it once; kept, since no envelope is made twice. */
    private static final List<byte[]> TRUE = Stream.of(
                    "01026b31cfac1a0623d793656c7e898a6c1a517f96893ed4ee402cfcb7c42b28a8270393bf23212160a0",
                    "02026b31517c1a5419ff2fd23a4233483be66c73c31c60b3d436da80d85df4b2ac7dccbc3515c638cc37dd9b6cb9ef5268d29c943ef4")
            .map(HexFormat.of()::parseHex)
            .toList();

    private final Codec strict = builder().build();
    private final Codec lenient = builder().acceptClear(true).build();
    private final byte[] digest = strict.digest(ARGUMENTS, TYPES);

    private static EncryptingCodec.Builder builder() {
        return EncryptingCodec.builder(JsonCodec.standard())
                .key("k1", key(1, 32))
                .key("k2", key(2, 16))
                .current("k1");
    }

    private static SecretKey key(int fill, int length) {
        byte[] key = new byte[length];
        Arrays.fill(key, (byte) fill);
        return new SecretKeySpec(key, "AES");
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        List<byte[]> given = new ArrayList<>(TRUE);
        given.addAll(
                List.of(digest, new byte[] {1, 2, 'k', '2'}, new byte[] {2, 2, 'k', '2'}, new byte[] {'"', 'x', '"'}));
        for (byte[] envelope : given) {
            byte[] seed = new byte[1 + envelope.length];
            System.arraycopy(envelope, 0, seed, 1, envelope.length);
            seeds.add(seed);
        }
        seeds.add(new byte[] {1, 0, 3, 1});
        seeds.add(new byte[] {1, 1, 3, 1});
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        Choices choices = new Choices(input);
        byte[] stored = choices.yes() ? changed(choices) : choices.rest();

        Optional<byte[]> revealed = revealed(strict, stored);
        assertThat(revealed.isPresent())
                .as("taken for true")
                .isEqualTo(TRUE.stream().anyMatch(envelope -> Arrays.equals(stored, envelope)));
        assertThat(matches(strict, stored)).isEqualTo(Arrays.equals(stored, digest));
        Optional<byte[]> accepted = revealed(lenient, stored);
        accepted.ifPresent(clear -> assertThat(clear).isEqualTo(revealed.orElse(stored)));
        matches(lenient, stored);
        accepted.ifPresent(clear -> decoded(lenient, clear));
    }

    private static byte[] changed(Choices choices) {
        byte[] stored = TRUE.get(choices.below(TRUE.size())).clone();
        while (!choices.isEmpty()) {
            stored[choices.below(stored.length)] = (byte) choices.octet();
        }
        return stored;
    }

    private static Optional<byte[]> revealed(Codec codec, byte[] stored) {
        try {
            return Optional.of(codec.reveal(stored, PLACE));
        } catch (CodecException refused) {
            return Optional.empty();
        }
    }

    private static boolean matches(Codec codec, byte[] stored) {
        try {
            return codec.matches(stored, ARGUMENTS, TYPES);
        } catch (CodecException unknownKey) {
            return false;
        }
    }

    private static void decoded(Codec codec, byte[] clear) {
        try {
            codec.decodePlain(clear);
        } catch (CodecException refused) {
            assertThat(refused.path()).startsWith("$");
        }
    }
}
