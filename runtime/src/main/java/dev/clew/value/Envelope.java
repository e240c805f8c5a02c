package dev.clew.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes together with the id of the key they were made under.
 *
 * <pre>
 * +---------+------------+--------+-----------------------------------------------------------+
 * | version | id length  | key id | body                                                      |
 * | 1 byte  | 1 byte     | UTF-8  | 1: nonce of 12 bytes and ciphertext with tag, or HMAC     |
 * |         |            |        | 2: nonce of 24 bytes and ciphertext with tag              |
 * +---------+------------+--------+-----------------------------------------------------------+
 * </pre>
 *
 * @param version {@link #KEY} or {@link #KEY_PER_MESSAGE}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, confined to one call
record Envelope(byte version, String keyId, byte[] body) {
    static final int MAX_KEY_ID = 255;

    /** Made under the key itself by AES-GCM, or an HMAC. No JSON text starts with this byte. */
    static final byte KEY = 1;

    /** Made by XAES-256-GCM, which derives a key for each message. No JSON text starts with this byte. */
    static final byte KEY_PER_MESSAGE = 2;

    private static final int HEADER = 2;

    byte[] toBytes() {
        byte[] id = keyId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEADER + id.length + body.length)
                .put(version)
                .put((byte) id.length)
                .put(id)
                .put(body)
                .array();
    }

    /** The envelope, or empty if these bytes are none. */
    static Optional<Envelope> parse(byte[] bytes) {
        if (bytes.length < HEADER || (bytes[0] != KEY && bytes[0] != KEY_PER_MESSAGE)) {
            return Optional.empty();
        }
        int start = HEADER + (bytes[1] & 0xff);
        if (start == HEADER || start > bytes.length) {
            return Optional.empty();
        }
        String keyId = new String(bytes, HEADER, start - HEADER, StandardCharsets.UTF_8);
        return Optional.of(new Envelope(bytes[0], keyId, Arrays.copyOfRange(bytes, start, bytes.length)));
    }

    /** Shows no bytes: logs are read by people who may not read payloads. */
    @Override
    public String toString() {
        return "Envelope[version=" + version + ", keyId=" + keyId + ", " + body.length + " bytes]";
    }
}
