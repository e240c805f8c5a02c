package com.acme;

import dev.clew.annotations.*;
import java.util.List;

@State
record Journey(
        String goTo, // CLEW234
        @Append List<String> stops,
        List<String> replaceStops, // CLEW234
        List<String> replaceOther) {}

class Use {
    JourneyUpdate update = JourneyUpdate.update().stops("a", "b").replaceOther(List.of());
}
