package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's named module on the module path, compiled and run by the JDK's own tools. */
class ModuleTest {
    private Project project;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        project = Project.in(folder).with("com/acme/Flow.java", """
                        package com.acme;

                        import dev.clew.annotations.Entrypoint;
                        import dev.clew.annotations.Task;

                        public class Flow {
                            record Draft(String text) {}

                            @Task
                            Draft compose(String topic) { return new Draft("About " + topic); }

                            @Entrypoint
                            Draft write(String topic, FlowTasks tasks) { return tasks.compose(topic).join(); }
                        }
                        """).with("com/acme/Main.java", """
                        package com.acme;

                        import dev.clew.checkpoint.Checkpointer;
                        import dev.clew.flow.RunConfig;

                        public class Main {
                            public static void main(String[] arguments) {
                                try (var graph = FlowGraph.builder(new Flow())
                                        .checkpointer(Checkpointer.inMemory()).build()) {
                                    System.out.println(graph.write().invoke("rain", RunConfig.thread("1")).value());
                                }
                            }
                        }
                        """);
    }

    @Test
    void compilesWithoutAWarningAndRunsWhenItsPackageIsOpenToTheCodec() throws Exception {
        project.with("module-info.java", """
                module com.acme {
                    requires dev.clew.annotations;
                    requires dev.clew.runtime;

                    opens com.acme to dev.clew.runtime;
                }
                """);

        Outcome compiled = project.javac(
                "--module-path",
                Project.classPath(),
                "--processor-path",
                Project.processorPath(),
                "-Xlint:all,-processing,-requires-transitive-automatic",
                "-Werror");
        assertThat(compiled).isEqualTo(new Outcome(0, ""));

        assertThat(project.java("--module-path", project.with(Project.classPath()), "-m", "com.acme/com.acme.Main"))
                .extracting(Outcome::output)
                .asString()
                .contains("Draft[text=About rain]");
    }

    @Test
    void saysWhatToOpenWhereTheCodecCouldNotRead() throws Exception {
        project.with("module-info.java", """
                module com.acme {
                    requires dev.clew.annotations;
                    requires dev.clew.runtime;
                }
                """);

        Outcome compiled =
                project.javac("--module-path", Project.classPath(), "--processor-path", Project.processorPath());
        assertThat(compiled.status()).isZero();
        assertThat(compiled.output())
                .contains("CLEW045: 'com.acme.Flow.Draft' is in a package that the module 'com.acme' keeps to itself")
                .contains("opens com.acme to dev.clew.runtime;");

        assertThat(project.java("--module-path", project.with(Project.classPath()), "-m", "com.acme/com.acme.Main")
                        .status())
                .isNotZero();
    }

    @Test
    void isFoundOnTheProcessorModulePathToo() throws Exception {
        project.with("module-info.java", """
                open module com.acme {
                    requires dev.clew.annotations;
                    requires dev.clew.runtime;
                }
                """);

        Outcome compiled =
                project.javac("--module-path", Project.classPath(), "--processor-module-path", Project.processorPath());

        assertThat(compiled).isEqualTo(new Outcome(0, ""));
    }
}
