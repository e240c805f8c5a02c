package com.acme;

import dev.clew.annotations.*;
import java.util.*;

@State
record Notes(
        @Append String text, // CLEW236
        @Sum String number, // CLEW236
        @Merge Map<String, Integer> votes,
        @Reduce(Longest.class) int length, // CLEW236
        @Reduce(Raw.class) String raw, // CLEW236
        @Reduce(Longest.class) String word) {}

enum Longest implements Reducer<String, String> {
    ONLY;

    @Override
    public String identity() {
        return "";
    }

    @Override
    public String apply(String current, String update) {
        return update.length() > current.length() ? update : current;
    }
}

@SuppressWarnings({"rawtypes", "unchecked"})
class Raw implements Reducer {
    @Override
    public Object identity() {
        return "";
    }

    @Override
    public Object apply(Object current, Object update) {
        return update;
    }
}

class Use {
    NotesUpdate update = NotesUpdate.update().votes(Map.of()).word("long");
}
