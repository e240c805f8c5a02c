package dev.clew.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes together with the id of the key they were made under.
 *
 * <pre>
 * +---------+------------+--------+----------------------------------------------+
 * | version | id length  | key id | body: nonce and ciphertext with tag, or HMAC |
 * | 1 byte  | 1 byte     | UTF-8  |                                              |
 * +---------+------------+--------+----------------------------------------------+
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, confined to one call
record Envelope(String keyId, byte[] body) {
    static final int MAX_KEY_ID = 255;

    /** No JSON text starts with this byte. */
    private static final byte VERSION = 1;

    private static final int HEADER = 2;

    byte[] toBytes() {
        byte[] id = keyId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEADER + id.length + body.length)
                .put(VERSION)
                .put((byte) id.length)
                .put(id)
                .put(body)
                .array();
    }

    /** The envelope, or empty if these bytes are none. */
    static Optional<Envelope> parse(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != VERSION) {
            return Optional.empty();
        }
        int start = HEADER + (bytes[1] & 0xff);
        if (start == HEADER || start > bytes.length) {
            return Optional.empty();
        }
        String keyId = new String(bytes, HEADER, start - HEADER, StandardCharsets.UTF_8);
        return Optional.of(new Envelope(keyId, Arrays.copyOfRange(bytes, start, bytes.length)));
    }

    /** Shows no bytes: logs are read by people who may not read payloads. */
    @Override
    public String toString() {
        return "Envelope[keyId=" + keyId + ", " + body.length + " bytes]";
    }
}
