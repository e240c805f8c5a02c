package dev.clew.store;

final class MemoryExpiryTest extends ExpiryContract {
    private final Shelf shelf = new MemoryShelf();

    @Override
    protected Store open(StoreOptions options) {
        return Store.on(shelf, options, clock);
    }
}
