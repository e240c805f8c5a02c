package com.acme;

import dev.clew.annotations.*;

class Outer {
    @State
    private record Inner(String text) {} // CLEW232

    Object update() {
        return InnerUpdate.update().text("x");
    }
}
