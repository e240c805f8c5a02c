package dev.clew.store;

final class MemoryFilterTest extends FilterContract {
    private final Shelf shelf = new MemoryShelf();

    @Override
    protected Store open(StoreOptions options) {
        return Store.on(shelf, options, clock);
    }
}
