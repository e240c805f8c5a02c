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

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    void plan() {}

    @Node(after = "plan")
    void search() {}

    @Node(afterAny = {"plan", "search"}) // CLEW225
    void write() {}

    @Node(after = "write")
    void end() {}
}
