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
class Flow { // CLEW203
    @Node(after = "check", writes = "draft")
    String write(String topic) {
        return topic;
    }

    @Node(after = "write")
    void check() {}
}
