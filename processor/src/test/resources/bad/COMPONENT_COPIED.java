package com.acme;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.*;
import java.time.Instant;
import java.util.*;

record Page(String text, Instant at) {}

sealed interface Part<T> {
    record Text<T>(T text) implements Part<T> {}

    record Image<T>(byte[] bytes) implements Part<T> {}
}

record Chain(String name, Optional<Chain> next) {}

record Folder(List<String> names) {}

final class Bean {
    public String text;
}

record Pair<A, B>(A first, B second) {}

@State
record Doc(
        @Append List<Page> pages,
        @Append List<Chain> chains,
        @Append List<Pair<String, Page>> pairs,
        @Append List<List<Integer>> numbers,
        @Append Set<Bean> beans, // CLEW226
        @Append List<Part<String>> parts, // CLEW226
        @Append List<Pair<String, Bean>> mixed, // CLEW226
        @Append List<Folder> folders, // CLEW226
        @Append List<int[]> arrays, // CLEW226
        @KeepLast(3) List<Bean> newest,
        Bean last) {}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    void read() {}
}
