package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.annotations.Task;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees whose processor was not asked, and that the documents promise just that. */
class ProcessorNotRunTest {
    /** The processor is a dependency like any other. */
    private static final String EVERYTHING =
            Project.classPath() + File.pathSeparator + Project.processorPath() + File.pathSeparator + home();

    private Project here;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        here = Project.in(folder)
                .with("EssayFlow.java", Sources.text(Path.of("src/test/resources/good/EssayFlow.java")))
                .with("Main.java", """
                        package com.acme;

                        class Main {
                            EssayFlowGraph open(EssayFlow flow) {
                                return EssayFlowGraph.builder(flow).build();
                            }
                        }
                        """);
    }

    @Test
    void isIgnoredOnTheClassPathOfJdk25() throws Exception {
        Outcome outcome = newer().javac("-cp", EVERYTHING);

        assertMissing(outcome);
        assertThat(outcome.output()).doesNotContain("processor", "warning", "Note:");
    }

    @Test
    void runsOnTheClassPathOfJdk25WhenItIsTold() throws Exception {
        assertThat(newer().javac("-cp", EVERYTHING, "-proc:full")).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void isIgnoredEverywhereWhereProcessingIsOff() throws Exception {
        assertMissing(here.javac("-cp", EVERYTHING, "-proc:none"));
    }

    @Test
    void isNotFoundWhereTheProcessorPathHasOthersOnly() throws Exception {
        assertMissing(here.javac("-cp", EVERYTHING, "-processorpath", home()));
    }

    /** The generated types, and no word of Clew's: the documents quote it, so that a search finds them. */
    private static void assertMissing(Outcome outcome) {
        assertThat(outcome.status()).isOne();
        assertThat(outcome.output())
                .contains(
                        "error: cannot find symbol",
                        "  symbol:   class EssayFlowTasks\n  location: class EssayFlow",
                        "  symbol:   class EssayFlowGraph\n  location: class Main")
                .doesNotContain("CLEW");
        assertThat(Sources.text(Path.of("../docs/set-up.md")))
                .contains("error: cannot find symbol", "  symbol:   class EssayFlowTasks\n  location: class EssayFlow");
        assertThat(Sources.text(Path.of("../docs/errors.md")))
                .contains("error: cannot find symbol", "  symbol:   class EssayFlowTasks\n  location: class EssayFlow");
    }

    private Project newer() throws IOException {
        Optional<Path> home = Jdks.find(25);
        assumeTrue(home.isPresent(), "no JDK 25 beside this one");
        return new Project(here.folder(), home.get());
    }

    private static String home() {
        return Sources.home(Task.class).getPath();
    }
}
