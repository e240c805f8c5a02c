package com.acme;

import dev.clew.annotations.*;

class Travel {
    @Tool("Books.")
    void bookTrip() {}

    @Tool(
            value = "Books, too.",
            name = "book_trip") // CLEW305
    void book() {}

    @Tool(
            value = "Pays.",
            name = "pay",
            effect = Effect.ONCE)
    void payOnce(dev.clew.flow.TaskContext context) {}

    @Tool(
            value = "Tells.",
            name = "pay_outcome") // CLEW305
    void tell() {}

    Object use = TravelTools.BOOK_TRIP;
}
