package dev.clew.store;

/** The closeness of directions. */
final class Cosine {
    private static final int STRIDE = 8;

    private Cosine() {}

    /** The vector of length 1 in this direction; all zeros where there is none. Made anew. */
    static float[] unit(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        double length = Math.sqrt(squares);
        float[] unit = new float[vector.length];
        for (int i = 0; length > 0 && i < unit.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    static boolean isZero(float[] vector) {
        for (float number : vector) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }

    /** The product of two vectors. Eight sums that do not wait for each other: twice as fast and more precise than one. */
    static float dot(float[] a, int aStart, float[] b, int bStart, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int whole = length - length % STRIDE;
        for (int i = 0; i < whole; i += STRIDE) {
            s0 += a[aStart + i] * b[bStart + i];
            s1 += a[aStart + i + 1] * b[bStart + i + 1];
            s2 += a[aStart + i + 2] * b[bStart + i + 2];
            s3 += a[aStart + i + 3] * b[bStart + i + 3];
            s4 += a[aStart + i + 4] * b[bStart + i + 4];
            s5 += a[aStart + i + 5] * b[bStart + i + 5];
            s6 += a[aStart + i + 6] * b[bStart + i + 6];
            s7 += a[aStart + i + 7] * b[bStart + i + 7];
        }
        float sum = ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7));
        for (int i = whole; i < length; i++) {
            sum += a[aStart + i] * b[bStart + i];
        }
        return sum;
    }
}
