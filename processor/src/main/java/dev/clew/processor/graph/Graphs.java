package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.model.FlowModel;
import dev.clew.processor.model.ParameterModel;
import dev.clew.processor.model.PolicyModel;
import dev.clew.processor.model.ResultModel;
import dev.clew.processor.model.StepModel;
import dev.clew.processor.model.Suppressions;
import dev.clew.processor.read.EffectOptions;
import dev.clew.processor.read.Role;
import dev.clew.processor.read.StepKind;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.validate.TypeNames;
import dev.clew.processor.validate.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Makes the generated types of a graph. */
public final class Graphs {
    private final Elements elements;
    private final Types types;

    public Graphs(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /**
     * The {@code …Graph} and the {@code …Node}.
     *
     * @param tasks its tasks, or null if it has none
     * @param isStub whether it has errors, so that the graph can only stand for itself
     */
    public Map<ClassName, TypeSpec> of(GraphDeclaration graph, @Nullable FlowModel tasks, boolean isStub) {
        boolean isPublic = isPublic(graph.type());
        StateGraphCode code = new StateGraphCode(
                types,
                graph,
                new TypeNames(new Visibility(elements, graph.type())),
                isPublic,
                new Suppressions(elements)
                        .of(
                                graph.type(),
                                graph.methods()
                                        .flatMap(each -> Stream.concat(
                                                Stream.of(each.method().getReturnType()),
                                                each.method().getParameters().stream()
                                                        .map(VariableElement::asType)))
                                        .toList()),
                tasks,
                name -> EffectOptions.methods(elements, graph.type(), name));
        StateDeclaration state = graph.state();
        Map<ClassName, TypeSpec> made = new LinkedHashMap<>();
        made.put(graph.graph(), isStub || state == null ? code.stub() : code.type(state, diagram(graph)));
        made.put(graph.nodeEnum(), new NodeEnumCode(graph, isPublic).type());
        return made;
    }

    /** The graphs in a graph, as its code calls them. */
    public List<StepModel> calls(GraphDeclaration graph) {
        TypeNames names = new TypeNames(new Visibility(elements, graph.type()));
        List<StepModel> calls = new ArrayList<>();
        for (SubgraphDeclaration each : graph.subgraphs()) {
            InnerGraph inner = each.graph();
            if (inner != null && inner.kind() == InnerGraph.Kind.GRAPH) {
                calls.add(new StepModel(
                        StepKind.ENTRYPOINT,
                        each.name(),
                        each.name(),
                        true,
                        new ResultModel(inner.outputName(names), Optional.empty(), false, false),
                        List.of(new ParameterModel("input", Role.BUSINESS, inner.inputName(names), false)),
                        new PolicyModel(List.of(), Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.of(new StepModel.GraphModel(inner.graph(), each.isMethod()))));
            }
        }
        return List.copyOf(calls);
    }

    /** The Mermaid diagram of a graph without errors. */
    public String diagram(GraphDeclaration graph) {
        StateDeclaration state = graph.state();
        return state == null ? "" : new Shape(graph, state, types).topology().diagram();
    }

    /** The name of the file that has the diagram. */
    public static String diagramFile(GraphDeclaration graph) {
        return "META-INF/clew/" + graph.label() + ".mmd";
    }

    private static boolean isPublic(TypeElement graph) {
        for (Element each = graph; each instanceof TypeElement; each = each.getEnclosingElement()) {
            if (!each.getModifiers().contains(Modifier.PUBLIC)) {
                return false;
            }
        }
        return true;
    }
}
