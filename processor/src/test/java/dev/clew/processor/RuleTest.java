package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.graph.topology.GraphRule;
import dev.clew.processor.graph.StateGraphRule;
import dev.clew.processor.state.StateRule;
import dev.clew.processor.tool.ToolRule;
import dev.clew.processor.validate.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule has an example that breaks it, {@code bad/RULE.java}. A comment with the code ends each line that is to be
 * reported; the compiler must report these lines and nothing else, although the example uses the generated types.
 */
class RuleTest {
    private static final Map<Way, Map<String, List<Found>>> FOUND = new EnumMap<>(Way.class);

    /** How far javac continues after errors. */
    private enum Way {
        /** It stops early, as most users have it. */
        USUAL,
        /** It continues as far as it can, and so finds what a stub lacks. */
        THOROUGH;

        private List<String> options() {
            return this == USUAL ? List.of() : List.of("--should-stop=ifError=FLOW");
        }
    }

    /** All at once: one file manager reads the class path once, which takes most of the time of a small compilation. */
    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        List<Example> examples = inOneFile().map(RuleTest::example).toList();
        for (Way way : Way.values()) {
            FOUND.put(way, CompilerWorker.javac(folder, way.options()).compile(examples));
        }
    }

    @Tag("B002")
    @Tag("B004")
    @Tag("B005")
    @Tag("B031")
    @Tag("B083")
    @ParameterizedTest
    @MethodSource("inOneFile")
    void reportsExactlyTheMarkedLines(Broken rule) {
        List<String> marked = example(rule).marks();

        FOUND.forEach((way, found) -> assertThat(reported(found.get(rule.name()), rule))
                .as("%s", way)
                .containsExactlyInAnyOrderElementsOf(marked));
        assertThat(marked).anyMatch(mark -> mark.endsWith(rule.code()));
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
    private static final Set<GraphRule> AT_RUN_TIME = EnumSet.of(GraphRule.NODE_WITHOUT_BODY, GraphRule.READS_UNKNOWN);

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
                                .map(rule -> new Broken(rule.name(), rule.code(), rule.message("a", "b", "c", "d"))),
                        Stream.of(StateRule.values())
                                .map(rule -> new Broken(rule.name(), rule.code(), rule.message("a", "b", "c"))),
                        Stream.of(ToolRule.values())
                                .map(rule -> new Broken(rule.name(), rule.code(), rule.message("a", "b", "c"))),
                        Stream.of(StateGraphRule.values())
                                .filter(rule -> rule != StateGraphRule.INHERITED_UNNAMED) // see InheritedNodesTest
                                .map(rule -> new Broken(rule.name(), rule.code(), rule.message("a", "b", "c", "d"))))
                .flatMap(rules -> rules);
    }

    /** Without those that need several files, or a newer JDK: see {@link CompilersTest}. */
    static Stream<Broken> inOneFile() {
        Set<String> others = Set.of(Rule.MODULE_CLOSED.name(), Rule.FLOW_COMPACT.name());
        return all().filter(rule -> !others.contains(rule.name()));
    }

    private static Example example(Broken rule) {
        return Example.of(Path.of("src/test/resources/bad", rule.name() + ".java"));
    }

    /** What javac finds itself counts too, except that a type is missing: it says so, and we say no more than a note. */
    private static List<String> reported(List<Found> found, Broken rule) {
        boolean mayMiss = rule.code().equals(Rule.TYPE_UNRESOLVED.code());
        return found.stream()
                .filter(each -> each.isOurs() || (each.isError() && !(mayMiss && each.isMissing("Missing"))))
                .map(Found::place)
                .toList();
    }
}
