package dev.clew.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors of https://c2sp.org/XAES-256-GCM, all of them but the run of 1,000,000 messages. */
final class MessageKeysTest {
    private static final byte[] NONCE = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");

    @ParameterizedTest
    @CsvSource({
        "01, c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b",
        "03, e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8"
    })
    void derivesTheKeysOfTheSpecification(String octet, String derived) throws GeneralSecurityException {
        byte[] key = HexFormat.of().parseHex(octet.repeat(32));

        assertThat(new MessageKeys(key).of(NONCE).getEncoded())
                .isEqualTo(HexFormat.of().parseHex(derived));
    }

    @ParameterizedTest
    @CsvSource({
        "01, '', ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
        "03, c2sp.org/XAES-256-GCM, 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
    })
    void encryptsTheMessagesOfTheSpecification(String octet, String aad, String encrypted)
            throws GeneralSecurityException {
        byte[] key = HexFormat.of().parseHex(octet.repeat(32));

        assertThat(encrypted(key, NONCE, ascii("XAES-256-GCM"), ascii(aad)))
                .isEqualTo(HexFormat.of().parseHex(encrypted));
    }

    @Test
    void encryptsTheTenThousandMessagesOfTheSpecification() throws GeneralSecurityException {
        Shake128 random = new Shake128();
        Shake128 hash = new Shake128();

        for (int message = 0; message < 10_000; message++) {
            byte[] key = random.read(32);
            byte[] nonce = random.read(24);
            byte[] clear = random.read(random.read(1)[0] & 0xff);
            byte[] aad = random.read(random.read(1)[0] & 0xff);
            hash.write(encrypted(key, nonce, clear, aad));
        }

        assertThat(HexFormat.of().formatHex(hash.read(32)))
                .isEqualTo("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
    }

    @Test
    void derivesTheSameKeysForManyThreadsAtOnce() throws GeneralSecurityException {
        MessageKeys shared = new MessageKeys(new byte[32]);
        MessageKeys alone = new MessageKeys(new byte[32]);
        List<byte[]> expected = IntStream.range(0, 5_000)
                .mapToObj(message -> derived(alone, message))
                .toList();

        List<byte[]> derived = IntStream.range(0, 5_000)
                .parallel()
                .mapToObj(message -> derived(shared, message))
                .toList();

        assertThat(derived).usingElementComparator(Arrays::compare).isEqualTo(expected);
    }

    private static byte[] derived(MessageKeys keys, int message) {
        try {
            return keys.of(ByteBuffer.allocate(24).putInt(message).array()).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] encrypted(byte[] key, byte[] nonce, byte[] clear, byte[] aad)
            throws GeneralSecurityException {
        byte[] last = Arrays.copyOfRange(nonce, MessageKeys.SALT, nonce.length);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new MessageKeys(key).of(nonce), new GCMParameterSpec(128, last));
        cipher.updateAAD(aad);
        return cipher.doFinal(clear);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
