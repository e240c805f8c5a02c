package dev.clew.samples.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunStream;
import dev.clew.flow.TaskInfo;
import dev.clew.flow.Workflow;
import dev.clew.samples.declared.DeclaredFlow.Region;
import dev.clew.stream.StreamEvent;
import dev.clew.value.TypeRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of an annotated method: a workflow with its whole surface, typed by the method's signature. */
class DeclarationTest {
    private static final RunConfig T = RunConfig.thread("t");

    private final DeclaredFlow flow = new DeclaredFlow();
    private final DeclaredFlowGraph graph = DeclaredFlowGraph.builder(flow)
            .checkpointer(Checkpointer.inMemory())
            .build();

    @AfterEach
    void close() {
        graph.close();
    }

    @Test
    @Tag("B001")
    void isAWorkflowAndThePlainMethodToo() {
        Workflow<String, String> workflow = graph.plain();

        assertThat(workflow.invoke("a", T).value()).isEqualTo("A");
        assertThat(workflow.state(T).value()).isEqualTo("A");
        assertThat(workflow.history(T)).hasSize(2);
        assertThat(flow.plain("b", DeclaredFlowTasks.direct(flow, new Region("-"))))
                .isEqualTo("B");
    }

    @Test
    @Tag("B003")
    void injectsByTypeWhateverTheOrder() {
        RunConfig north = T.context(new Region("north"));
        graph.remember().invoke("a", north);

        assertThat(graph.remember().invoke("b", north).value()).isEqualTo(2);
        assertThat(graph.remember().state(T).value()).isEqualTo(2);
    }

    @Test
    @Tag("B006")
    void isNamedByClassAndMethodAndItsTasksByMethod() {
        List<String> names = new ArrayList<>();
        try (RunStream<String> stream = graph.plain().stream("a", T)) {
            stream.forEach(event -> names.add(((StreamEvent.Update) event).name()));
        }

        assertThat(graph.plain().name()).isEqualTo("DeclaredFlow.plain");
        assertThat(names).containsExactly("shout", "DeclaredFlow.plain");
    }

    @Test
    @Tag("B007")
    void isTypedByItsSignature() {
        assertThat(graph.plain().inputType()).isEqualTo(TypeRef.of(String.class));
        assertThat(graph.plain().outputType()).isEqualTo(TypeRef.of(String.class));
        assertThat(graph.remember().outputType())
                .as("the value of a Final, not what it saves")
                .isEqualTo(TypeRef.of(Integer.class));
        assertThat(graph.lists().inputType()).isEqualTo(new TypeRef<List<String>>() {});
        assertThat(graph.lists().schema(graph.lists().inputType()).orElseThrow())
                .contains("\"type\":\"array\"", "\"type\":[\"string\",\"null\"]");
    }

    @Test
    void tellsItsTasksAndQuestions() {
        TypeRef<String> text = TypeRef.of(String.class);

        assertThat(graph.plain().tasks())
                .containsExactly(
                        new TaskInfo("shout", false, List.of(new TaskInfo.Parameter("text", text)), text),
                        new TaskInfo("hold", false, List.of(new TaskInfo.Parameter("text", text)), text),
                        new TaskInfo(
                                "both",
                                true,
                                List.of(new TaskInfo.Parameter("left", text), new TaskInfo.Parameter("right", text)),
                                new TypeRef<List<String>>() {}));
        assertThat(graph.plain().questions()).containsExactly(DeclaredFlow.OK);
        assertThat(graph.plain().schema(DeclaredFlow.OK.answerType()).orElseThrow())
                .contains("\"type\":\"boolean\"");
    }

    @Test
    @Tag("B009")
    void streamsUpdatesAsTheyHappenUnlessToldOtherwise() {
        try (RunStream<String> stream = graph.eager().stream("a", T)) {
            Iterator<StreamEvent> events = stream.iterator();
            assertThat(((StreamEvent.Update) events.next()).value()).isEqualTo("A");
            flow.seen.countDown();
            assertThat(((StreamEvent.Update) events.next()).name()).isEqualTo("hold");
            assertThat(stream.result().value()).isEqualTo("A");
        }
    }

    @Test
    @Tag("B011")
    void takesInputsThatAreEmpty() {
        assertThat(graph.texts().invoke("", RunConfig.thread("1")).value()).isEqualTo("text");
        assertThat(graph.numbers().invoke(0, RunConfig.thread("2")).value()).isEqualTo("number");
        assertThat(graph.lists().invoke(List.of(), RunConfig.thread("3")).value())
                .isEqualTo("list");
        assertThat(graph.maps().invoke(Map.of(), RunConfig.thread("4")).value()).isEqualTo("map");
    }

    @Test
    @Tag("B012")
    @SuppressWarnings("NullAway") // what is not allowed
    void takesNoNullAndDoesNotTakeItForAContinuation() {
        graph.plain().invoke("a", T);

        assertThatThrownBy(() -> graph.plain().invoke((String) null, T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("proceed()");
    }

    @Test
    @Tag("B013")
    void mayReturnNothing() {
        List<StreamEvent> events = new ArrayList<>();
        try (RunStream<Void> stream = graph.nothing().stream("a", T)) {
            stream.forEach(events::add);
            assertThat(stream.result().value()).isNull();
        }

        assertThat(events).containsExactly(new StreamEvent.Update("DeclaredFlow.nothing", "", null, false, false));
    }

    @Test
    @Tag("B008")
    @Tag("B015")
    void hasItsMisuseFoundByTheCompiler() {
        assertThat(errors("dev.clew.flow.Final<String> both;")).containsExactly("compiler.err.wrong.number.type.args");
        assertThat(errors("Object g = dev.clew.samples.declared.DeclaredFlowGraph.builder(null).checkpointer(\"no\");"))
                .containsExactly("compiler.err.prob.found.req");
        assertThat(errors("Object g = dev.clew.samples.declared.DeclaredFlowGraph.builder(null);"))
                .isEmpty();
    }

    private static List<String> errors(String member) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return "class Snippet { " + member + " }";
                    }
                };
        ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        found,
                        List.of("-proc:none", "-d", System.getProperty("java.io.tmpdir")),
                        null,
                        List.of(source))
                .call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Diagnostic::getCode)
                .toList();
    }
}
