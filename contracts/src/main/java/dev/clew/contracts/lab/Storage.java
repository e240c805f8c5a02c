package dev.clew.contracts.lab;

import dev.clew.flow.Durability;

/** Where a laboratory keeps its runs: nowhere, or in a store in one of its modes. */
public enum Storage {
    NONE(Durability.ASYNC),
    SYNC(Durability.SYNC),
    ASYNC(Durability.ASYNC),
    EXIT(Durability.EXIT);

    private final Durability durability;

    Storage(Durability durability) {
        this.durability = durability;
    }

    public Durability durability() {
        return durability;
    }
}
