package com.acme;

import dev.clew.annotations.*;
import java.util.List;

@State
record Bag<T>(@Append List<T> items, String name) {} // CLEW231

class Use {
    Object update() {
        return BagUpdate.update();
    }
}
