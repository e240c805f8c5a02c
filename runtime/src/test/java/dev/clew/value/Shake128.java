package dev.clew.value;

/** SHAKE-128 of FIPS 202: first written to, then read from. Java 17 has none. */
final class Shake128 {
    private static final int RATE = 168;
    private static final int ROUNDS = 24;

    private final long[] lanes = new long[25];
    private int at;
    private boolean reading;

    void write(byte[] bytes) {
        for (byte octet : bytes) {
            xor(at++, octet);
            permuteAtEndOfBlock();
        }
    }

    byte[] read(int length) {
        if (!reading) {
            xor(at, (byte) 0x1f);
            xor(RATE - 1, (byte) 0x80);
            at = RATE;
            reading = true;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            permuteAtEndOfBlock();
            bytes[i] = (byte) (lanes[at / Long.BYTES] >>> Byte.SIZE * (at % Long.BYTES));
            at++;
        }
        return bytes;
    }

    private void xor(int index, byte octet) {
        lanes[index / Long.BYTES] ^= (octet & 0xffL) << Byte.SIZE * (index % Long.BYTES);
    }

    private void permuteAtEndOfBlock() {
        if (at == RATE) {
            at = 0;
            int constants = 1;
            for (int round = 0; round < ROUNDS; round++) {
                mixColumns();
                moveLanes();
                mixRows();
                constants = addConstant(constants);
            }
        }
    }

    private void mixColumns() {
        long[] parity = new long[5];
        for (int i = 0; i < 25; i++) {
            parity[i % 5] ^= lanes[i];
        }
        for (int i = 0; i < 25; i++) {
            lanes[i] ^= parity[(i + 4) % 5] ^ Long.rotateLeft(parity[(i + 1) % 5], 1);
        }
    }

    private void moveLanes() {
        int x = 1;
        int y = 0;
        long moved = lanes[x];
        for (int step = 1; step <= 24; step++) {
            int newY = (2 * x + 3 * y) % 5;
            x = y;
            y = newY;
            long next = lanes[x + 5 * y];
            lanes[x + 5 * y] = Long.rotateLeft(moved, step * (step + 1) / 2);
            moved = next;
        }
    }

    private void mixRows() {
        for (int row = 0; row < 25; row += 5) {
            long[] old = {lanes[row], lanes[row + 1], lanes[row + 2], lanes[row + 3], lanes[row + 4]};
            for (int x = 0; x < 5; x++) {
                lanes[row + x] = old[x] ^ (~old[(x + 1) % 5] & old[(x + 2) % 5]);
            }
        }
    }

    /** The constant of a round comes from a shift register of eight bits. */
    private int addConstant(int register) {
        int bits = register;
        for (int bit = 0; bit <= 6; bit++) {
            lanes[0] ^= (long) (bits & 1) << (1 << bit) - 1;
            bits = bits << 1 ^ (bits >> 7) * 0x171;
        }
        return bits;
    }
}
