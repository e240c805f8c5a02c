package com.acme;

import dev.clew.annotations.*;

class Travel {
    @Tool(
            value = "Books.",
            name = "book a trip") // CLEW303
    void book() {}

    @Tool("Looks.") // CLEW303
    void änder() {}

    Object use = TravelTools.of(this);
}
