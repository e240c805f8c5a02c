// G026, G130: a node returns an update of its own state.
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
record Other(String text) {}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    OtherUpdate one() { // CLEW248
        return OtherUpdate.update();
    }
}
