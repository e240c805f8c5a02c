package com.acme;

import dev.clew.annotations.*;

class Travel { // CLEW301
    @Tool("Books.")
    void book() {}
}
