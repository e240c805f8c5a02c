package com.acme;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.graph.*;
import dev.clew.task.*;
import java.util.*;
import org.jspecify.annotations.Nullable;

@State
record Doc(String topic, @Append List<String> notes, @Nullable String draft) {}

class Flow { // CLEW266
    @Node(after = START)
    void plan() {}
}

class Inputs { // CLEW266
    @Input
    DocUpdate begin(String topic) {
        return DocUpdate.fresh();
    }
}

abstract class Lends {
    @Node(after = START, writes = "notes")
    String plan(String topic) {
        return topic;
    }
}

@StateGraph(Doc.class)
class Borrows extends Lends {
    @Node(after = "plan")
    void end() {}
}
