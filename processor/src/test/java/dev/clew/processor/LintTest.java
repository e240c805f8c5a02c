package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.clew.processor.lint.LintRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each alarm has an example, {@code lint/bad/RULE.java}: a comment ends each line that is to be reported, with the code
 * and the text that is to be underlined. {@code lint/good} has what looks alike and is none.
 */
class LintTest {
    private static final Pattern MARK = Pattern.compile("(CLEW\\d{3}) (.+?)(?= CLEW\\d{3} |$)");

    static Stream<Path> good() {
        return Sources.files("lint/good").stream();
    }

    @Tag("B031")
    @ParameterizedTest
    @EnumSource
    void underlinesExactlyWhatIsMarked(LintRule rule) {
        JavaFileObject source = example(rule);

        Compilation compilation = Sources.usual().compile(source);

        assertThat(compilation.status())
                .isEqualTo(rule == LintRule.LOCAL ? Compilation.Status.FAILURE : Compilation.Status.SUCCESS);
        assertThat(compilation.errors())
                .hasSize(rule == LintRule.LOCAL ? marked(source).size() : 0)
                .allMatch(error -> error.getMessage(null).startsWith(rule.code()));
        assertThat(reported(compilation, source)).containsExactlyInAnyOrderElementsOf(marked(source));
        assertThat(marked(source)).allMatch(mark -> mark.contains(rule.code()));
    }

    @ParameterizedTest
    @MethodSource("good")
    void saysNothingAboutNearMisses(Path example) {
        Compilation compilation = Sources.strict().compile(Sources.read(example));

        assertThat(compilation.diagnostics()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatToDoAndHowToSilenceIt(LintRule rule) {
        assertThat(rule.message("what", "entrypoint 'go'"))
                .startsWith(rule.code() + ": in entrypoint 'go' 'what' ")
                .containsPattern("\n  fix: [a-z]")
                .contains("@SuppressWarnings(\"" + rule.silencer() + "\")")
                .doesNotContain("%");
    }

    @Test
    void hasOneExampleAndOneCodePerRule() {
        assertThat(Sources.files("lint/bad"))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(LintRule.values()).map(rule -> rule + ".java").toList());
        assertThat(LintRule.values())
                .extracting(LintRule::code)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(LintRule.values()).extracting(LintRule::silencer).doesNotHaveDuplicates();
    }

    @Test
    void namesTheMethodAndTheScopeThatCallsIt() {
        Compilation compilation = Sources.usual().compile(example(LintRule.CLOCK));

        assertThat(compilation.warnings())
                .extracting(note -> note.getMessage(null).lines().findFirst().orElseThrow())
                .contains(
                        "CLEW101: in entrypoint 'go' 'System.currentTimeMillis' reads the clock, and a replay reads it again",
                        "CLEW101: in 'stamp', called by entrypoint 'go', 'Instant.now' reads the clock, and a replay reads"
                                + " it again");
    }

    @Test
    void isAWarningByDefaultSoThatABuildShowsIt() {
        Compilation compilation = Sources.usual().compile(example(LintRule.UUID));
        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(compilation.warnings()).hasSize(2);
        assertThat(Sources.usual()
                        .withOptions("-Werror", "-Aclew.lint=warn")
                        .compile(example(LintRule.UUID))
                        .status())
                .isEqualTo(Compilation.Status.FAILURE);
    }

    @Test
    void isANoteIfSoftened() {
        Compilation compilation =
                Sources.usual().withOptions("-Werror", "-Aclew.lint=note").compile(example(LintRule.UUID));
        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(compilation.warnings()).isEmpty();
        assertThat(compilation.notes()).hasSize(2);
    }

    @Test
    void saysThatAStepIsLostBesideTheErrorsThatThisCauses() {
        Compilation compilation = Sources.usual().compile(Sources.source("Top", """
                import dev.clew.annotations.Entrypoint;

                class Top {
                    Object graph() {
                        class Flow {
                            @Entrypoint
                            String go(String input, FlowTasks tasks) { return input; }
                        }
                        return FlowGraph.builder(new Flow()).build();
                    }
                }
                """));

        assertThat(compilation.status()).isEqualTo(Compilation.Status.FAILURE);
        assertThat(compilation.errors())
                .extracting(error -> error.getMessage(null).lines().findFirst().orElseThrow())
                .contains(
                        "cannot find symbol",
                        "CLEW113: in 'go' of a local or anonymous class '@Entrypoint' is lost: the compiler shows a"
                                + " processor no class in a body, so nothing is generated for it");
    }

    @Test
    void isSilentWhenItIsOff() {
        Compilation compilation = Sources.usual().withOptions("-Aclew.lint=off").compile(example(LintRule.UUID));

        assertThat(compilation.diagnostics()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XDcompilePolicy=byTodo", "-XDcompilePolicy=simple"})
    void asAnErrorShowsAllOfAllClassesInOneCompilation(String policy) {
        String flow = """
                class %s {
                    @dev.clew.annotations.Entrypoint
                    String go(String input, %1$sTasks tasks) {
                        return input + java.time.Instant.now() + java.util.UUID.randomUUID();
                    }

                    @dev.clew.annotations.Task
                    String read(String path) { return path; }
                }
                """;
        Compilation compilation = Sources.usual()
                .withOptions("-Aclew.lint=error", policy)
                .compile(Sources.source("One", flow.formatted("One")), Sources.source("Two", flow.formatted("Two")));

        assertThat(compilation.errors())
                .extracting(error -> error.getMessage(null).substring(0, 7))
                .containsExactly("CLEW101", "CLEW103", "CLEW101", "CLEW103");
    }

    @Test
    void changesNothingOfWhatIsGenerated() {
        JavaFileObject source = example(LintRule.ORDER);

        assertThat(Sources.generated(
                        Sources.usual().withOptions("-Aclew.lint=off").compile(source)))
                .isEqualTo(Sources.generated(Sources.usual().compile(source)));
    }

    private static JavaFileObject example(LintRule rule) {
        return Sources.read(Path.of("src/test/resources/lint/bad", rule + ".java"))
                .get(0);
    }

    /** Each as {@code line:column code text}. */
    static List<String> reported(Compilation compilation, JavaFileObject source) {
        String text = Sources.text(source);
        List<String> found = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> each : compilation.diagnostics()) {
            String message = each.getMessage(null);
            if (message.startsWith("CLEW1")) {
                int start = (int) each.getStartPosition();
                int column = start - text.lastIndexOf('\n', start - 1);
                String underlined = text.substring(start, (int) each.getEndPosition());
                found.add(each.getLineNumber() + ":" + column + " " + message.substring(0, 7) + " " + underlined);
            }
        }
        return found;
    }

    static List<String> marked(JavaFileObject source) {
        List<String> marks = new ArrayList<>();
        List<String> lines = Sources.text(source).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split(" // (?=CLEW)", 2);
            Matcher mark = MARK.matcher(parts.length > 1 ? parts[1] : "");
            while (mark.find()) {
                int column = parts[0].lastIndexOf(mark.group(2)) + 1;
                marks.add(i + 1 + ":" + column + " " + mark.group(1) + " " + mark.group(2));
            }
        }
        return marks;
    }
}
