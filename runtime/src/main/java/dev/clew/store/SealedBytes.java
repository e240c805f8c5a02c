package dev.clew.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.value.Codec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Bytes as they are kept on a shelf. The checksum covers the place, too: what strayed to another key is as useless as
 * what is damaged.
 *
 * <pre>
 * +---------+-----------------------------+-----------------+
 * | version | CRC-32C over place and rest | protected bytes |
 * | 1 byte  | 4 bytes                     |                 |
 * +---------+-----------------------------+-----------------+
 * </pre>
 */
final class SealedBytes {
    static final String DOCUMENT = "document";
    static final String VECTORS = "vectors";

    private static final byte VERSION = 1;
    private static final int HEADER = 1 + Integer.BYTES;

    private final Codec codec;
    private final boolean encrypts;

    SealedBytes(Codec codec) {
        this.codec = codec;
        byte[] probe = "clear".getBytes(UTF_8);
        this.encrypts = !Arrays.equals(codec.protect(probe, new Codec.Place(DOCUMENT, "")), probe);
    }

    /** Whether the codec stores other bytes than those that it is given. */
    boolean encrypts() {
        return encrypts;
    }

    byte[] seal(byte[] clear, String kind, Namespace namespace, String key) {
        Codec.Place place = place(kind, namespace, key);
        byte[] body = codec.protect(clear, place);
        return ByteBuffer.allocate(HEADER + body.length)
                .put(VERSION)
                .putInt(checksum(place, body))
                .put(body)
                .array();
    }

    byte[] open(byte[] sealed, String kind, Namespace namespace, String key) {
        Codec.Place place = place(kind, namespace, key);
        if (sealed.length < HEADER || sealed[0] != VERSION) {
            throw new StoreException("the " + describe(place) + " is in no known form; put the document again");
        }
        byte[] body = Arrays.copyOfRange(sealed, HEADER, sealed.length);
        if (ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt() != checksum(place, body)) {
            throw new StoreException(
                    "the " + describe(place) + " is damaged, its checksum does not match; put the document again");
        }
        return codec.reveal(body, place);
    }

    /** No label has a line break, so no two documents have one place. */
    private static Codec.Place place(String kind, Namespace namespace, String key) {
        return new Codec.Place(kind, namespace + "\n" + key);
    }

    private static String describe(Codec.Place place) {
        return place.kind() + " stored under '" + place.id().replace('\n', '/') + "'";
    }

    private static int checksum(Codec.Place place, byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(place.kind().getBytes(UTF_8));
        crc.update(0);
        crc.update(place.id().getBytes(UTF_8));
        crc.update(0);
        crc.update(body);
        return (int) crc.getValue();
    }
}
