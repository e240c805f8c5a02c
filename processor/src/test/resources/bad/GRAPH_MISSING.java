package com.acme;

import dev.clew.annotations.*;

@State
record Doc(String topic) {} // CLEW263

@StateGraph(Doc.class)
class Flow { // CLEW263
    @Node(after = Node.START)
    void one() {}
}
