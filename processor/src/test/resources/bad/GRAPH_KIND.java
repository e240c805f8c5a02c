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
interface Flow {} // CLEW240

@StateGraph(Doc.class)
abstract class Half { // CLEW240
    @Node(after = START)
    void one() {}
}

class Outer {
    @StateGraph(Doc.class)
    class Inner { // CLEW240
        @Node(after = START)
        void one() {}
    }

    @StateGraph(Doc.class)
    private static class Hidden { // CLEW240
        @Node(after = START)
        void one() {}
    }
}

@StateGraph(Doc.class)
class Many<T> { // CLEW240
    @Node(after = START)
    void one() {}
}
