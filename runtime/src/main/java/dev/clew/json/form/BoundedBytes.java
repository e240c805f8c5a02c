package dev.clew.json.form;

import java.io.ByteArrayOutputStream;

/** Bytes in memory that refuse to grow beyond the limit. */
public final class BoundedBytes extends ByteArrayOutputStream {
    private final Limits limits;

    public BoundedBytes(Limits limits) {
        super(128);
        this.limits = limits;
    }

    @Override
    public synchronized void write(int b) {
        limits.checkBytes(size() + 1L);
        super.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        limits.checkBytes((long) size() + length);
        super.write(bytes, offset, length);
    }
}
