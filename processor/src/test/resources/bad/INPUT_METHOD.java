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
    @Node(after = START, writes = "draft")
    String write(String topic) {
        return topic;
    }

    @Input
    DocUpdate begin(String topic) {
        return DocUpdate.fresh().topic(topic);
    }

    @Input
    DocUpdate other(String topic) { // CLEW255
        return DocUpdate.fresh();
    }
}

@StateGraph(Doc.class)
class Wide {
    @Node(after = START)
    void one() {}

    @Input
    DocUpdate begin(String topic, String draft) { // CLEW255
        return DocUpdate.fresh();
    }
}

@StateGraph(Doc.class)
class Plain {
    @Node(after = START)
    void one() {}

    @Input
    String begin(String topic) { // CLEW255
        return topic;
    }
}
