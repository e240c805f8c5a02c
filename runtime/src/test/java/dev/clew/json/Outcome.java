package dev.clew.json;

sealed interface Outcome<T> {
    record Ok<T>(T value) implements Outcome<T> {}

    record Bad<T>(String reason) implements Outcome<T> {}
}
