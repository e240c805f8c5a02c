// G027: states that share a component have one reducer for it.
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

@State
record Other(String topic, List<String> notes) {}

@State
record Capped(String topic, @KeepLast(3) List<String> notes) {}

@State
record Short(@KeepLast(2) List<String> notes) {}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    void plan() {}

    @Subgraph(after = "plan")
    Inner inner; // CLEW219
}

@StateGraph(Other.class)
class Inner {
    @Node(after = START)
    void one() {}
}

@StateGraph(Capped.class)
class Caps {
    @Subgraph(after = START)
    Shorts shorts; // CLEW219
}

@StateGraph(Short.class)
class Shorts {
    @Node(after = START)
    void one() {}
}
