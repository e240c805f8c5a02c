package com.acme;

import dev.clew.annotations.*;

@State
record Nothing() {} // CLEW233

class Use {
    NothingUpdate update = NothingUpdate.fresh();
}
