package com.acme;

import dev.clew.annotations.*;

class Travel {
    @Tool(" ") // CLEW302
    void book() {}

    Object use = TravelTools.of(this);
}
