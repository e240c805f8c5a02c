package com.acme;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.*;
import java.util.*;

@State
record Doc(String topic, @Append List<String> notes) {}

enum Editor {
    @To("write")
    AGAIN,
    @End
    DONE
}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    void write() {}

    @Node(after = "write")
    Editor review(String topic) {
        return Editor.DONE;
    }

    @OnError("review")
    DocUpdate failed() { // CLEW222
        return DocUpdate.update();
    }
}
