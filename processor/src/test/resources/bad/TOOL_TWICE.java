package com.acme;

import dev.clew.annotations.*;

class Travel {
    @Tool("Books.")
    void book() {}

    @Tool(
            value = "Books, too.",
            name = "book") // CLEW304
    void reserve() {}

    Object use = TravelTools.BOOK;
}
