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

enum Next {
    AGAIN, // CLEW211
    @End
    DONE
}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    Next choose() {
        return Next.DONE;
    }
}
