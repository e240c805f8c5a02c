package dev.clew.value;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Derives a key for each message, as <a href="https://c2sp.org/XAES-256-GCM">XAES-256-GCM</a> says. The first half of the
 * nonce makes the key; the second half is the nonce of AES-GCM under it.
 *
 * <p>The derivation is that of NIST SP 800-108 in counter mode with AES-CMAC. Its input is one block, so that one CMAC is
 * one call of AES. Thread-safe.
 */
final class MessageKeys {
    /** How many bytes of a nonce make the key. */
    static final int SALT = 12;

    private static final int BLOCK = 16;

    private final SecretKey key;
    /** A cipher that no thread uses now, since a new one costs more than all the rest; empty while a thread uses it. */
    private final AtomicReference<@Nullable Cipher> spare = new AtomicReference<>();

    /** What the two inputs of the derivation have in common, masked with K1 of CMAC. */
    private final byte[] masked;

    MessageKeys(byte[] key) throws GeneralSecurityException {
        this.key = new SecretKeySpec(key, "AES");
        byte[] k1 = doubled(aes(new byte[BLOCK]));
        this.masked = Arrays.copyOf(k1, 2 * BLOCK);
        System.arraycopy(k1, 0, masked, BLOCK, BLOCK);
        for (int i = 0; i < 2; i++) {
            masked[BLOCK * i + 1] ^= (byte) (i + 1);
            masked[BLOCK * i + 2] ^= (byte) 'X';
        }
    }

    /** Derives the key of the message with this nonce, from its first half; the bytes after that are ignored. */
    SecretKey of(byte[] nonce) throws GeneralSecurityException {
        byte[] inputs = masked.clone();
        for (int i = 0; i < SALT; i++) {
            inputs[BLOCK - SALT + i] ^= nonce[i];
            inputs[2 * BLOCK - SALT + i] ^= nonce[i];
        }
        return new SecretKeySpec(aes(inputs), "AES");
    }

    /** Multiplies by x in the field of CMAC; without a branch on secret bits. */
    private static byte[] doubled(byte[] block) {
        byte[] doubled = new byte[BLOCK];
        int carry = 0;
        for (int i = BLOCK - 1; i >= 0; i--) {
            int shifted = (block[i] & 0xff) << 1 | carry;
            doubled[i] = (byte) shifted;
            carry = shifted >>> Byte.SIZE;
        }
        doubled[BLOCK - 1] ^= (byte) (-carry & 0x87);
        return doubled;
    }

    /** Encrypts each block by itself. */
    @SuppressWarnings("InsecureCryptoUsage") // the block cipher itself is wanted: its inputs are unique, and no payload
    private byte[] aes(byte[] blocks) throws GeneralSecurityException {
        Cipher cipher = spare.getAndSet(null);
        if (cipher == null) {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
        }
        byte[] encrypted = cipher.doFinal(blocks);
        spare.set(cipher);
        return encrypted;
    }
}
