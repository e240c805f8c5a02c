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

enum Way {
    @To("one")
    AGAIN,
    @End
    DONE
}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START, effect = Effect.ONCE)
    DocUpdate.Goto<Way> one(TaskContext context) { // CLEW269
        return DocUpdate.update().goTo(Way.DONE);
    }

    @Node(after = START, undo = "undoTwo")
    DocUpdate.Goto<Way> two() { // CLEW269
        return DocUpdate.update().goTo(Way.DONE);
    }

    void undoTwo() {}
}
