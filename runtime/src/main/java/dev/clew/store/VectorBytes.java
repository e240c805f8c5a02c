package dev.clew.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a document as bytes, little-endian, each of length 1.
 *
 * <pre>
 *   version, 1 byte | id length, 4 bytes | embedder's id, UTF-8 | dimensions, 4 bytes | ( float )*
 * </pre>
 */
final class VectorBytes {
    private static final byte VERSION = 1;
    private static final int MOST_ID_BYTES = 1 << 16;

    private VectorBytes() {}

    static byte[] write(Embedder embedder, List<float[]> unitVectors) {
        byte[] id = embedder.id().getBytes(UTF_8);
        int dimensions = embedder.dimensions();
        int floats = Math.multiplyExact(unitVectors.size(), dimensions);
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(1 + 2 * Integer.BYTES + id.length, floats * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(VERSION).putInt(id.length).put(id).putInt(dimensions);
        for (float[] vector : unitVectors) {
            out.asFloatBuffer().put(vector);
            out.position(out.position() + dimensions * Float.BYTES);
        }
        return out.array();
    }

    /** The vectors; null if another embedder made them. */
    static float @Nullable [][] read(byte[] bytes, Embedder embedder) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (in.get() != VERSION) {
                throw new StoreException("vectors are stored in no known form; put the document again");
            }
            int length = in.getInt();
            byte[] id = new byte[Math.min(Math.max(length, 0), MOST_ID_BYTES)];
            in.get(id);
            int dimensions = in.getInt();
            if (dimensions != embedder.dimensions()
                    || !Arrays.equals(id, embedder.id().getBytes(UTF_8))) {
                return null;
            }
            float[][] vectors = new float[in.remaining() / (dimensions * Float.BYTES)][dimensions];
            for (float[] vector : vectors) {
                in.asFloatBuffer().get(vector);
                in.position(in.position() + dimensions * Float.BYTES);
            }
            return vectors;
        } catch (BufferUnderflowException e) {
            throw new StoreException("vectors are cut short; put the document again", e);
        }
    }
}
