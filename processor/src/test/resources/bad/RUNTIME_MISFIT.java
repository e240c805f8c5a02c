// file: dev.clew.spi.Contract
package dev.clew.spi;

/** Stands in the place of another runtime's contract. */
public final class Contract {
    public static final int VERSION = 2;

    private Contract() {}
}
// file: com.acme.Flow
package com.acme;

import dev.clew.annotations.Entrypoint;

class Flow { // CLEW049
    @Entrypoint
    String write(String topic) {
        return topic;
    }
}
