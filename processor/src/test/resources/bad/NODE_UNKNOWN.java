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
    @To("sleep") // CLEW200
    NOWHERE,
    @End
    DONE
}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START, writes = "draft")
    String write(String topic) {
        return topic;
    }

    @Node(after = "wirte") // CLEW200
    void check(String draft) {}

    @Node(
            afterAll = {"write", "nobody"}) // CLEW200
    Next last() {
        return Next.NOWHERE;
    }
}
