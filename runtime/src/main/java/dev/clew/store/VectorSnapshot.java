package dev.clew.store;

/**
 * The vectors that a {@link VectorBlock} had at one moment, without a copy: their slots are not used again while this is. May be read
 * without a lock.
 */
final class VectorSnapshot implements Vectors {
    private final float[][] chunks;
    private final int chunkSize;
    private final int dimensions;
    private final int[] slots;
    private final int added;
    private final int retired;

    /**
     * @param added how many of the block's added vectors are in this
     * @param retired how many of the block's retired slots are not in this
     */
    VectorSnapshot(float[][] chunks, int chunkSize, int dimensions, int[] slots, int added, int retired) {
        this.chunks = chunks;
        this.chunkSize = chunkSize;
        this.dimensions = dimensions;
        this.slots = slots;
        this.added = added;
        this.retired = retired;
    }

    int added() {
        return added;
    }

    int retired() {
        return retired;
    }

    int slot(int number) {
        return slots[number];
    }

    @Override
    public int size() {
        return slots.length;
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public float cosine(int one, int other) {
        return Cosine.dot(chunk(one), start(one), chunk(other), start(other), dimensions);
    }

    @Override
    public float cosine(float[] query, int number) {
        return Cosine.dot(query, 0, chunk(number), start(number), dimensions);
    }

    private float[] chunk(int number) {
        return chunks[slots[number] / chunkSize];
    }

    private int start(int number) {
        return slots[number] % chunkSize * dimensions;
    }
}
