package com.acme;

import dev.clew.annotations.*;
import java.util.*;

@State
record Doc(
        List<String> notes,
        Deque<String> stack, // CLEW223
        SortedMap<String, Integer> counts,
        TreeSet<String> tags) {} // CLEW223

class Use {
    DocUpdate update = DocUpdate.fresh().notes(List.of("n"));
}
