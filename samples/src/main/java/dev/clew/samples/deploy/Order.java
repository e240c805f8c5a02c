package dev.clew.samples.deploy;

import dev.clew.interrupt.InterruptKey;

/** What is ordered. */
record Order(String article, int count) {
    /** Asks whether an order of this price may be shipped. */
    static final InterruptKey<Integer, Boolean> APPROVE = InterruptKey.of("approve", Integer.class, Boolean.class);
}
