package com.acme;

import dev.clew.annotations.*;

@State
class Counter { // CLEW230
    int count;
}

@State
interface Shape {} // CLEW230

class Use {
    CounterUpdate update() {
        return CounterUpdate.update();
    }
}
