package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import dev.clew.annotations.Task;
import dev.clew.graph.topology.GraphRule;
import dev.clew.processor.graph.StateGraphRule;
import dev.clew.processor.state.StateRule;
import dev.clew.processor.validate.Rule;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule has an example that breaks it, {@code bad/RULE.java}. A comment with the code ends each line that is to be
 * reported; the compiler must report these lines and nothing else, although the example uses the generated types.
 */
class RuleTest {
    private static final Pattern MARK = Pattern.compile("// (CLEW\\d{3})$");

    @Tag("B002")
    @Tag("B004")
    @Tag("B005")
    @Tag("B031")
    @Tag("B083")
    @ParameterizedTest
    @MethodSource("inOneFile")
    void reportsExactlyTheMarkedLines(Broken rule) throws URISyntaxException {
        List<JavaFileObject> sources = Sources.read(Path.of("src/test/resources/bad", rule.name() + ".java"));

        for (Compiler compiler : List.of(Sources.thorough(), Sources.usual())) {
            Compilation compilation = forRule(compiler, rule, sources).compile(sources);

            assertThat(reported(compilation, rule)).containsExactlyInAnyOrderElementsOf(marked(sources));
        }
        assertThat(marked(sources)).anyMatch(mark -> mark.endsWith(rule.code()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatToDo(Broken rule) {
        assertThat(rule.message())
                .startsWith(rule.code() + ": ")
                .containsPattern("\n  fix: [a-z]")
                .doesNotContain("%");
    }

    @Test
    void hasOneExamplePerRuleAndNoOther() {
        List<String> rules = all().map(rule -> rule.name() + ".java").sorted().toList();

        assertThat(Sources.files("bad"))
                .extracting(file -> file.getFileName().toString())
                .isEqualTo(rules);
    }

    @Test
    void hasOneCodePerRule() {
        assertThat(all()).extracting(Broken::code).doesNotHaveDuplicates();
    }

    /** Rules that only a graph can break which is made at run time. */
    private static final Set<GraphRule> AT_RUN_TIME = EnumSet.of(
            GraphRule.NODE_WITHOUT_BODY,
            GraphRule.SUBGRAPH_SHARES_NOTHING,
            GraphRule.SUBGRAPH_OTHER_REDUCER,
            GraphRule.NAME_FORMER,
            GraphRule.READS_UNKNOWN,
            GraphRule.COMPONENT_COPIED);

    /**
     * A rule, of flows, states or graphs.
     *
     * @param message its message with three details filled in
     */
    record Broken(String name, String code, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Broken> all() {
        return Stream.of(
                        Stream.of(Rule.values())
                                .map(rule -> new Broken(rule.name(), rule.code(), rule.message("a", "b", "c"))),
                        Stream.of(GraphRule.values())
                                .filter(rule -> !AT_RUN_TIME.contains(rule))
                                .map(rule -> new Broken(rule.name(), rule.code(), rule.message("a", "b", "c"))),
                        Stream.of(StateRule.values())
                                .map(rule -> new Broken(rule.name(), rule.code(), rule.message("a", "b", "c"))),
                        Stream.of(StateGraphRule.values())
                                .map(rule -> new Broken(rule.name(), rule.code(), rule.message("a", "b", "c", "d"))))
                .flatMap(rules -> rules);
    }

    /** Without those that need several files, or a newer JDK: see {@link CompilersTest}. */
    static Stream<Broken> inOneFile() {
        Set<String> others = Set.of(Rule.MODULE_CLOSED.name(), Rule.FLOW_COMPACT.name());
        return all().filter(rule -> !others.contains(rule.name()));
    }

    private static Compiler forRule(Compiler compiler, Broken rule, List<JavaFileObject> sources)
            throws URISyntaxException {
        String first = Sources.text(sources.get(0)).lines().findFirst().orElseThrow();
        if (first.startsWith("// -A")) {
            return compiler.withOptions(first.substring(3));
        }
        Path annotations = Path.of(
                Task.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return List.of(Rule.RUNTIME_MISSING.code(), StateRule.GRAPH_MISSING.code())
                        .contains(rule.code())
                ? compiler.withClasspath(List.of(annotations.toFile()))
                : compiler;
    }

    /**
     * Each as {@code file:line code}. What javac finds itself counts too, except that a type is missing: it says so, and
     * we say no more than a note.
     */
    private static List<String> reported(Compilation compilation, Broken rule) {
        List<String> found = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> each : compilation.diagnostics()) {
            String message = each.getMessage(null);
            boolean ours = message.startsWith("CLEW");
            boolean expected = rule.code().equals(Rule.TYPE_UNRESOLVED.code())
                    && message.matches("(?s)cannot find symbol.*class Missing\\b.*");
            if (ours || (each.getKind() == Diagnostic.Kind.ERROR && !expected)) {
                String file = each.getSource() == null ? "?" : each.getSource().getName();
                found.add(file + ":" + each.getLineNumber() + " " + (ours ? message.substring(0, 7) : message));
            }
        }
        return found;
    }

    /** What is said of an option has no place in a source: the first line, which has the option, stands for it. */
    private static List<String> marked(List<JavaFileObject> sources) {
        List<String> marks = new ArrayList<>();
        if (Sources.text(sources.get(0)).startsWith("// -A")) {
            marks.add("?:-1 " + Rule.OPTION_UNKNOWN.code());
        }
        for (JavaFileObject source : sources) {
            List<String> lines = Sources.text(source).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                Matcher mark = MARK.matcher(lines.get(i));
                if (mark.find()) {
                    marks.add(source.getName() + ":" + (i + 1) + " " + mark.group(1));
                }
            }
        }
        return marks;
    }
}
