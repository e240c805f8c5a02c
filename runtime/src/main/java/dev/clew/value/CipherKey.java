package dev.clew.value;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One AES key. One of 256 bits encrypts with XAES-256-GCM, one of 128 bits with AES-GCM; both sign digests. Each purpose has
 * a key of its own that is derived from this one. Thread-safe.
 */
final class CipherKey {
    private static final int NONCE = 12;
    private static final int WIDE = 32;
    private static final int TAG_BITS = 128;
    private static final int DIGEST = 12;
    private static final int TOKEN = 16;
    private static final String HMAC = "HmacSHA256";

    private final String id;
    private final SecretKey cipherKey;
    private final @Nullable MessageKeys messageKeys;
    private final SecretKey digestKey;
    private final SecretKey tokenKey;
    private final SecureRandom random = new SecureRandom();

    private CipherKey(String id, byte[] secret) throws GeneralSecurityException {
        this.id = id;
        this.cipherKey = new SecretKeySpec(secret, "AES");
        this.messageKeys = secret.length == WIDE
                ? new MessageKeys(derived(secret, "dev.clew message keys 1").getEncoded())
                : null;
        this.digestKey = derived(secret, "dev.clew digest key 1");
        this.tokenKey = derived(secret, "dev.clew token key 1");
    }

    /** One key for two purposes would tie their security together, so the others are derived as HKDF's expand does. */
    private static SecretKey derived(byte[] secret, String purpose) throws GeneralSecurityException {
        byte[] info = (purpose + '\u0001').getBytes(StandardCharsets.UTF_8);
        return new SecretKeySpec(hmac(new SecretKeySpec(secret, HMAC), info), HMAC);
    }

    static CipherKey of(String id, SecretKey key) {
        int idLength = id.getBytes(StandardCharsets.UTF_8).length;
        if (idLength == 0 || idLength > Envelope.MAX_KEY_ID || id.indexOf('\0') >= 0) {
            throw new IllegalRequestException("the id of a key must have 1 to 255 bytes and no NUL");
        }
        byte[] secret = key.getEncoded();
        if (!"AES".equals(key.getAlgorithm()) || secret == null || (secret.length != 16 && secret.length != 32)) {
            throw new IllegalRequestException(
                    "key '" + id + "' must be an AES key of 128 or 256 bits that gives its bytes");
        }
        try {
            return new CipherKey(id, secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + HMAC, e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    String id() {
        return id;
    }

    Envelope encrypt(byte[] clear, Codec.Place place) throws GeneralSecurityException {
        byte version = messageKeys == null ? Envelope.KEY : Envelope.KEY_PER_MESSAGE;
        byte[] nonce = new byte[nonceLength(version)];
        random.nextBytes(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, version, nonce, place);
        byte[] body = Arrays.copyOf(nonce, nonce.length + cipher.getOutputSize(clear.length));
        cipher.doFinal(clear, 0, clear.length, body, nonce.length);
        return new Envelope(version, id, body);
    }

    byte[] decrypt(Envelope envelope, Codec.Place place) throws GeneralSecurityException {
        byte[] body = envelope.body();
        int start = nonceLength(envelope.version());
        if (body.length < start + TAG_BITS / Byte.SIZE) {
            throw new GeneralSecurityException("cut short");
        }
        return cipher(Cipher.DECRYPT_MODE, envelope.version(), body, place).doFinal(body, start, body.length - start);
    }

    Envelope sign(byte[] digest) throws GeneralSecurityException {
        return new Envelope(Envelope.KEY, id, Arrays.copyOf(hmac(digestKey, digest), DIGEST));
    }

    /** Stands for a text of this kind; equal for equal ones, and tells nothing else of them. */
    String token(String kind, String text) throws GeneralSecurityException {
        byte[] signed = hmac(tokenKey, (kind + '\0' + text).getBytes(StandardCharsets.UTF_8));
        Envelope token = new Envelope(Envelope.KEY, id, Arrays.copyOf(signed, TOKEN));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.toBytes());
    }

    static boolean isSignature(Envelope envelope) {
        return envelope.version() == Envelope.KEY && envelope.body().length == DIGEST;
    }

    private static int nonceLength(byte version) {
        return version == Envelope.KEY ? NONCE : MessageKeys.SALT + NONCE;
    }

    /** A cipher whose nonce is at the beginning of these bytes. */
    private Cipher cipher(int mode, byte version, byte[] bytes, Codec.Place place) throws GeneralSecurityException {
        int start = nonceLength(version) - NONCE;
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keyOf(version, bytes), new GCMParameterSpec(TAG_BITS, bytes, start, NONCE));
        cipher.updateAAD((place.kind() + '\0' + place.id() + '\0' + id).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private SecretKey keyOf(byte version, byte[] nonce) throws GeneralSecurityException {
        if (version == Envelope.KEY) {
            return cipherKey;
        }
        if (messageKeys == null) {
            throw new GeneralSecurityException("a key of 128 bits has no keys for single messages");
        }
        return messageKeys.of(nonce);
    }

    private static byte[] hmac(SecretKey key, byte[] bytes) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(key);
        return mac.doFinal(bytes);
    }
}
