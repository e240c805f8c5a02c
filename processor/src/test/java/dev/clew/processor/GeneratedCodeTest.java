package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.function.Supplier;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs generated code through {@code …Tasks.direct}: arguments arrive where and as they were given. */
class GeneratedCodeTest {
    @Test
    void passesArraysVarargsAndNullsAsOneArgument() throws ReflectiveOperationException {
        assertThat(run("""
                        @Task
                        String join(String... words) {
                            return words == null ? "null" : String.join("+", words);
                        }

                        @Task
                        String first(Object any) {
                            return any instanceof Object[] array ? "array of " + array.length : String.valueOf(any);
                        }

                        @Task
                        int sum(int from, int... numbers) {
                            return from + java.util.Arrays.stream(numbers).sum();
                        }
                        """, """
                        tasks.join("a", "b").join(),
                        tasks.join().join(),
                        tasks.join((String[]) null).join(),
                        tasks.first(null).join(),
                        tasks.first(new String[] {"a", "b"}).join(),
                        String.valueOf(tasks.sum(1, 2, 3).join())
                        """)).isEqualTo("a+b||null|null|array of 2|6");
    }

    @Test
    void callsTheAnnotatedOneOfOverloads() throws ReflectiveOperationException {
        assertThat(run("""
                        @Task
                        String size(int number) {
                            return "int";
                        }

                        String size(Integer number) {
                            return "Integer";
                        }
                        """, "tasks.size(1).join()")).isEqualTo("int");
    }

    @Tag("B024")
    @Test
    void countsBusinessParametersOnlyWhereverInjectedOnesStand() throws ReflectiveOperationException {
        assertThat(run("""
                        @Task
                        String mixed(TaskContext context, String a, @Context StringBuilder builder, String b) {
                            return a + builder + b;
                        }

                        @Task
                        String calls(FlowTasks tasks, String a, Run run) {
                            return tasks.mixed(a, a).join();
                        }
                        """, """
                        tasks.mixed("a", "b").join(),
                        tasks.calls("c").join()
                        """)).isEqualTo("a-b|c-c");
    }

    @Tag("B091")
    @Test
    void leavesArgumentsToTheUserThatAreCalledLikeOptions() throws ReflectiveOperationException {
        assertThat(run("""
                        @Task(timeout = "PT1S")
                        String limits(int timeout, String idleTimeout, String retry, String name) {
                            return timeout + idleTimeout + retry + name;
                        }
                        """, "tasks.limits(1, \"i\", \"r\", \"n\").join()")).isEqualTo("1irn");
    }

    @Test
    void unwrapsStagesAndFinals() throws ReflectiveOperationException {
        assertThat(run("""
                        @Task
                        CompletionStage<String> stage() {
                            return CompletableFuture.completedFuture("stage");
                        }

                        @Entrypoint
                        CompletionStage<Final<String, Integer>> both(@Previous Optional<Integer> last) {
                            return CompletableFuture.completedFuture(Final.of("final" + last.isPresent(), 1));
                        }

                        @Task
                        void nothing() throws Throwable {}
                        """, """
                        tasks.stage().join(),
                        tasks.both().join(),
                        String.valueOf(tasks.nothing().join())
                        """)).isEqualTo("stage|finalfalse|null");
    }

    private static Object run(String steps, String calls) throws ReflectiveOperationException {
        JavaFileObject source = Sources.source("com.acme.Flow", """
                package com.acme;

                import dev.clew.annotations.Context;
                import dev.clew.annotations.Entrypoint;
                import dev.clew.annotations.Previous;
                import dev.clew.annotations.Task;
                import dev.clew.flow.Final;
                import dev.clew.flow.Run;
                import dev.clew.flow.TaskContext;
                import java.util.List;
                import java.util.Optional;
                import java.util.concurrent.CompletableFuture;
                import java.util.concurrent.CompletionStage;
                import java.util.function.Supplier;

                public class Flow implements Supplier<String> {
                    @Entrypoint
                    String go(String input, @Context StringBuilder builder) {
                        return input;
                    }

                    %s
                    @Override
                    public String get() {
                        FlowTasks tasks = FlowTasks.direct(new Flow(), new StringBuilder("-"));
                        return String.join("|", List.of(%s));
                    }
                }
                """.formatted(steps, calls));
        Compilation compilation = Sources.strict().compile(source);
        assertThat(compilation.errors()).isEmpty();
        Class<?> flow = Sources.load(compilation, "com.acme.Flow");
        return ((Supplier<?>) flow.getConstructor().newInstance()).get();
    }
}
