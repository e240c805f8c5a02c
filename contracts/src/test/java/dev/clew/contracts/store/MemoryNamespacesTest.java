package dev.clew.contracts.store;

import dev.clew.store.MemoryShelves;
import dev.clew.store.Shelf;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;

final class MemoryNamespacesTest extends NamespacesContract {
    private final Shelf shelf = MemoryShelves.shelf();

    @Override
    protected Store open(StoreOptions options) {
        return Store.on(shelf, options, clock);
    }
}
