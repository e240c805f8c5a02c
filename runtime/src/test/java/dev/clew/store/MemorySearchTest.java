package dev.clew.store;

final class MemorySearchTest extends SearchContract {
    private final Shelf shelf = new MemoryShelf();

    @Override
    protected Store open(StoreOptions options) {
        return Store.on(shelf, options, clock);
    }
}
