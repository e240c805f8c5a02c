package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.clew.processor.graph.StateGraphRule;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs whose nodes are in a superclass that was compiled before. */
class InheritedNodesTest {
    private static final JavaFileObject STATE = Sources.source("com.acme.Doc", """
            package com.acme;

            import dev.clew.annotations.Append;
            import dev.clew.annotations.State;
            import java.util.List;

            @State
            public record Doc(String topic, String draft, @Append List<String> notes) {}
            """);

    private static final JavaFileObject LENDS = Sources.source("com.acme.Lends", """
            package com.acme;

            import dev.clew.annotations.Node;
            import dev.clew.annotations.Subgraph;

            public abstract class Lends {
                @Node(after = Node.START, writes = "draft")
                public String write(String topic) {
                    return topic;
                }

                @Subgraph(after = "write")
                public Inner inner() {
                    return new Inner();
                }
            }
            """);

    private static final JavaFileObject INNER = Sources.source("com.acme.Inner", """
            package com.acme;

            import dev.clew.annotations.Node;
            import dev.clew.annotations.StateGraph;

            @StateGraph(Doc.class)
            public class Inner {
                @Node(after = Node.START, writes = "notes")
                String note(String draft) {
                    return draft;
                }
            }
            """);

    private static final JavaFileObject GRAPH = Sources.source("com.acme.Flow", """
            package com.acme;

            import dev.clew.annotations.StateGraph;

            @StateGraph(Doc.class)
            public class Flow extends Lends {}
            """);

    @TempDir
    private Path classes;

    @Test
    void namesOfParametersAreNeededWhereTheyNameComponents() {
        assertThat(compiled(""))
                .singleElement()
                .asString()
                .startsWith("com/acme/Flow.java:6 " + StateGraphRule.INHERITED_UNNAMED.code());
    }

    @Test
    void withNamesOfParametersNodesOfClassFilesAreInherited() {
        assertThat(compiled("-parameters")).isEmpty();
    }

    private List<String> compiled(String option) {
        var before = option.isEmpty() ? Sources.strict() : Sources.strict().withOptions(option);
        Compilation lent = before.compile(STATE, LENDS, INNER);
        assertThat(lent.errors()).isEmpty();
        Sources.saveClasses(lent, classes);

        return Sources.usual().withClasspath(Sources.classPathWith(classes)).compile(GRAPH).diagnostics().stream()
                .map(each -> each.getSource().getName() + ":" + each.getLineNumber() + " " + each.getMessage(null))
                .map(each -> each.replaceFirst("^/", ""))
                .toList();
    }
}
