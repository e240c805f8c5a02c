package dev.clew.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bytes of a thread grow as what is written to it does, and not as its square. */
final class ThreadBytesTest {
    @Test
    @Tag("G030")
    void tenTimesTheRunsTakeTenTimesTheBytes() {
        ThreadBytes.Bytes few = ThreadBytes.ofRuns(30);
        ThreadBytes.Bytes many = ThreadBytes.ofRuns(300);

        assertThat(many.checkpoints()).isBetween(8 * few.checkpoints(), 13 * few.checkpoints());
        assertThat(many.checkpoints()).isLessThan(4L * 300 * (100 + 1024));
        assertThat(many.full()).isLessThan(25);
        assertThat(many.log()).isBetween(9 * few.log(), 12 * few.log());
    }

    @Test
    void tenTimesTheSuperstepsTakeTenTimesTheBytes() {
        ThreadBytes.Bytes few = ThreadBytes.ofSupersteps(30);
        ThreadBytes.Bytes many = ThreadBytes.ofSupersteps(300);

        assertThat(many.checkpoints()).isLessThan(13 * few.checkpoints());
        assertThat(many.log()).isBetween(8 * few.log(), 12 * few.log());
    }
}
