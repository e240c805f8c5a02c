package com.acme;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.task.TaskFuture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Every shape that a signature can have. */
public class Types {
    public sealed interface Shape {}

    public record Circle(double radius) implements Shape {}

    public record Pair<L, R>(L left, R right) {}

    public enum Mood {
        CALM
    }

    @Deprecated
    public record Old(String text) {}

    @Deprecated(forRemoval = true)
    public record Gone(String text) {}

    public static class Box<T> {
        public class Inner {}
    }

    @Task
    boolean primitives(boolean a, byte b, short c, int d, long e, char f, float g, double h) {
        return a;
    }

    /** Would be called with a box if generated code did not say otherwise. */
    @Task
    int twice(int number) {
        return number * 2;
    }

    int twice(Integer number) {
        throw new AssertionError();
    }

    @Task
    void nothing() {}

    @Task
    Void nothingBoxed() {
        return null;
    }

    @Task
    String[] array(String[] words) {
        return words;
    }

    @Task
    int[][] numbers(int[] row, int[][] matrix) {
        return matrix;
    }

    @Task
    List<String>[] generics(List<String>[] lists) {
        return lists;
    }

    @Task
    String join(String... words) {
        return String.join(" ", words);
    }

    @Task
    long sum(String label, int... numbers) {
        return numbers.length;
    }

    @Task
    @SafeVarargs
    final int count(List<String>... lists) {
        return lists.length;
    }

    @Task
    Map<String, List<Pair<Mood, Shape>>> nested(Set<? extends Shape> shapes, List<? super Circle> circles) {
        return Map.of();
    }

    @Task
    List<? extends Shape> wild(Optional<?> anything) {
        return List.of();
    }

    @Task
    @SuppressWarnings("rawtypes")
    List raw(Map raw, List<Set> inside) {
        return List.of();
    }

    @Task
    Box<String>.Inner inner(Box<String>.Inner inner) {
        return inner;
    }

    @Task
    @Nullable String nullable(@Nullable String a, List<@Nullable String> b, String @Nullable [] c) {
        return a;
    }

    @Task
    @Deprecated
    Old old(Old old) {
        return old;
    }

    @Task
    List<Gone> gone() {
        return List.of();
    }

    @Task
    CompletionStage<String> stage() {
        return CompletableFuture.completedFuture("");
    }

    @Task
    CompletableFuture<? extends Shape> future() {
        return CompletableFuture.completedFuture(new Circle(1));
    }

    @Task
    CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    @Task
    @SuppressWarnings("rawtypes")
    CompletionStage rawStage() {
        return CompletableFuture.completedFuture("");
    }

    @Entrypoint
    CompletionStage<Long> all(int[] numbers, TypesTasks tasks) {
        TaskFuture<Integer> twice = tasks.twice(numbers[0]);
        tasks.join("a", "b").join();
        tasks.join().join();
        tasks.array(new String[] {"a"}).join();
        tasks.nothing().join();
        return CompletableFuture.completedFuture(twice.join() + tasks.sum("all", 1, 2, 3).join());
    }

    @Entrypoint
    char letter(char letter) {
        return letter;
    }
}
