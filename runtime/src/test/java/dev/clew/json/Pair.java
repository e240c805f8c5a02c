package dev.clew.json;

record Pair<A, B>(A first, B second) {}
