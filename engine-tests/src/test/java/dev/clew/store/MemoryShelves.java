package dev.clew.store;

/** Shelves in memory, which the runtime keeps to itself. */
public final class MemoryShelves {
    private MemoryShelves() {}

    public static Shelf shelf() {
        return new MemoryShelf();
    }
}
