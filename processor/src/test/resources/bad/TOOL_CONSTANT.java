package com.acme;

import dev.clew.annotations.*;

class Travel {
    @Tool("Books.")
    void bookTrip() {}

    @Tool(
            value = "Books, too.",
            name = "book_trip") // CLEW305
    void book() {}

    Object use = TravelTools.BOOK_TRIP;
}
