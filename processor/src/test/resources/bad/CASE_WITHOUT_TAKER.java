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

record Query(String text) {}

sealed interface Verdict {
    record Good() implements Verdict {} // CLEW213

    @End
    record Bad() implements Verdict {}
}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    List<Query> plan() { // CLEW213
        return List.of();
    }

    @Node(after = START)
    Verdict judge() {
        return new Verdict.Good();
    }
}
