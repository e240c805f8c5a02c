package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import dev.clew.json.JsonCodec;
import dev.clew.value.TypeRef;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of the insides of values, and how a user with a codec of their own has it silent. */
class ValuesTest {
    private static final String OPEN_AND_DEEP = """
            package com.acme;

            import dev.clew.annotations.Entrypoint;
            import dev.clew.annotations.Task;
            import java.util.List;
            import java.util.Map;
            import java.util.Optional;
            import java.util.function.Supplier;
            import java.util.stream.Stream;

            class Flow {
                interface Message {}

                record Item(Supplier<String> supplier) {}

                record Order(List<Item> items, Map<String, Optional<Stream<String>[]>> logs) {}

                record Talk(Message message) {}

                @Task
                void order(Order order, List<Message> messages) {}

                @Task
                Talk talk(ClassLoader loader) { return null; }

                @Entrypoint
                void go() {}
            }
            """;

    @Test
    void namesThePathAndTheWayOut() {
        Compilation compilation = compile(Sources.usual(), OPEN_AND_DEEP);

        String wayOut = "; or compile with -Aclew.values=codec if a codec or module of yours stores it";
        assertThat(compilation.errors()).isEmpty();
        assertThat(compilation.warnings())
                .extracting(ValuesTest::line)
                .containsExactlyInAnyOrder(
                        "CLEW029: 'java.util.function.Supplier<java.lang.String>' in 'Order.items[].supplier' cannot be"
                                + " recorded: it is code or lives in this process only; fix: pass the data that it"
                                + " works on" + wayOut,
                        "CLEW027: 'java.util.stream.Stream<java.lang.String>' in 'Order.logs[][]' cannot be recorded:"
                                + " it can be read only once; fix: pass a value: a list, a text, a byte[], a record"
                                + wayOut,
                        "CLEW029: 'java.lang.ClassLoader' cannot be recorded: it is code or lives in this process"
                                + " only; fix: pass the data that it works on" + wayOut);
        assertThat(codes(compilation)).contains("CLEW032");
        assertThat(Sources.generated(compilation)).containsKey("com/acme/FlowGraph.java");
    }

    @Test
    void isSilentIfACodecOfTheUsersStoresValues() {
        Compilation compilation = compile(Sources.usual().withOptions("-Aclew.values=codec"), OPEN_AND_DEEP);

        assertThat(codes(compilation)).isEmpty();
        assertThat(compilation.errors()).isEmpty();
    }

    @Test
    void refusesAnotherValueOfTheOption() {
        Compilation compilation = compile(Sources.usual().withOptions("-Aclew.values=jackson"), OPEN_AND_DEEP);

        assertThat(compilation.errors())
                .extracting(ValuesTest::line)
                .containsExactly(
                        "CLEW044: the option clew.values is 'jackson'; fix: give the compiler -Aclew.values= and one of: standard or codec");
    }

    /** A stream in a signature is a mistake whatever the codec is. */
    @Test
    void errorsInSignaturesStay() {
        Compilation compilation = compile(Sources.usual().withOptions("-Aclew.values=codec"), """
                class Flow {
                    @dev.clew.annotations.Task
                    void read(java.util.stream.Stream<String> lines) {}

                    @dev.clew.annotations.Entrypoint
                    void go() {}
                }
                """);

        assertThat(codes(compilation)).containsExactly("CLEW027");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@JsonSerialize record Value(Supplier<String> member) {}",
                "@JsonDeserialize record Value(Supplier<String> member) {}",
                "record Value(@JsonSerialize Supplier<String> member) {}",
                "record Value(@JsonIgnore Supplier<String> member) {}",
                "record Value(Supplier<String> member) { @JsonIgnore public Supplier<String> member() { return member; } }",
                "record Value(Supplier<String> member) { @JsonCreator static Value of(String text) { return null; } }",
                "record Value(Supplier<String> member) { @JsonValue String text() { return null; } }",
                "record Value(@Mine Supplier<String> member) {}",
                "record Value(List<Custom> member) {} @JsonSerialize interface Custom extends Runnable {}",
                "@JsonTypeInfo(use = JsonTypeInfo.Id.NAME) interface Value {}",
                "interface Value { @JsonCreator static Value of(String text) { return null; } }",
                "interface Value extends Base {} @JsonDeserialize interface Base {}",
            })
    void whatJacksonsAnnotationsDecideIsTheUsers(String declarations) {
        assertThat(codes(compile(Sources.usual(), jackson(declarations)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record Value(@JsonProperty(\"s\") Supplier<String> member) {}",
                "@JsonPropertyOrder(\"member\") record Value(Supplier<String> member) {}",
                "record Value(@JsonIgnore String other, Supplier<String> member) {}",
            })
    void namesInJsonAreNoForms(String declarations) {
        assertThat(codes(compile(Sources.usual(), jackson(declarations)))).containsExactly("CLEW029");
    }

    @Test
    void looksIntoRecordsOfOtherJars(@TempDir Path classes) {
        Compilation other = Compiler.javac().compile(Sources.source("com.other.Pack", """
                        package com.other;

                        public record Pack<T>(java.util.List<T> items, Inner inner) {
                            public record Inner(Thread thread) {}
                        }
                        """));
        Sources.saveClasses(other, classes);

        Compilation compilation = compile(Sources.usual().withClasspath(Sources.classPathWith(classes)), """
                class Flow {
                    record Own(com.other.Pack<Runnable> pack) {}

                    @dev.clew.annotations.Task
                    void take(Own own) {}

                    @dev.clew.annotations.Entrypoint
                    void go() {}
                }
                """);

        assertThat(compilation.warnings())
                .extracting(each -> each.getMessage(null).lines().findFirst().orElseThrow())
                .containsExactly(
                        "CLEW029: 'java.lang.Runnable' in 'Own.pack.items[]' cannot be recorded: it is code or lives in"
                                + " this process only",
                        "CLEW029: 'java.lang.Thread' in 'Own.pack.inner.thread' cannot be recorded: it is code or lives"
                                + " in this process only");
    }

    record Id<T>(String value) {}

    /** Values of such a type argument are not stored: the codec takes it, so nothing is to be said. */
    @Test
    void aTypeArgumentWithoutValuesIsNoMatter() {
        JsonCodec.standard().check(new TypeRef<Id<Runnable>>() {});
        String flow = """
                class Flow {
                    record Id<T>(String value) {}

                    interface Customer {}

                    @dev.clew.annotations.Task
                    void take(Id<Customer> id, Id<? extends Runnable[]> other) {}

                    @dev.clew.annotations.Entrypoint
                    void go() {}
                }
                """;

        assertThat(codes(compile(Sources.usual(), flow))).isEmpty();
        assertThat(codes(compile(Sources.usual(), flow.replace("Id<Customer>", "Id<Missing>"))))
                .contains("CLEW033");
        assertThat(codes(compile(Sources.usual(), flow.replace("interface Customer", "private interface Customer"))))
                .containsExactly("CLEW031");
    }

    private static String jackson(String declarations) {
        return """
                import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
                import com.fasterxml.jackson.annotation.JsonCreator;
                import com.fasterxml.jackson.annotation.JsonIgnore;
                import com.fasterxml.jackson.annotation.JsonProperty;
                import com.fasterxml.jackson.annotation.JsonPropertyOrder;
                import com.fasterxml.jackson.annotation.JsonTypeInfo;
                import com.fasterxml.jackson.annotation.JsonValue;
                import dev.clew.annotations.Entrypoint;
                import dev.clew.annotations.Task;
                import java.util.List;
                import java.util.function.Supplier;
                import tools.jackson.databind.annotation.JsonDeserialize;
                import tools.jackson.databind.annotation.JsonSerialize;

                class Flow {
                    @Task
                    void take(List<Value> values) {}

                    @Entrypoint
                    void go() {}
                }

                @JacksonAnnotationsInside
                @JsonIgnore
                @interface Mine {}

                """ + declarations;
    }

    private static Compilation compile(Compiler compiler, String source) {
        String name = source.startsWith("package com.acme") ? "com.acme.Flow" : "Flow";
        return compiler.compile(Sources.source(name, source));
    }

    private static String line(Diagnostic<?> each) {
        return each.getMessage(null).replaceAll("\\s*\\n\\s*", "; ");
    }

    private static List<String> codes(Compilation compilation) {
        return compilation.diagnostics().stream()
                .filter(each -> each.getMessage(null).startsWith("CLEW") || each.getKind() == Diagnostic.Kind.ERROR)
                .map(each -> each.getMessage(null).startsWith("CLEW")
                        ? each.getMessage(null).substring(0, 7)
                        : each.getMessage(null))
                .toList();
    }
}
