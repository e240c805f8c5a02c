package dev.clew.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.graph.GraphDeclaration;
import dev.clew.processor.graph.GraphValidator;
import dev.clew.processor.graph.Graphs;
import dev.clew.processor.graph.StateGraphRule;
import dev.clew.processor.model.FlowModel;
import dev.clew.processor.read.GeneratedNames;
import dev.clew.processor.state.StateRule;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.write.TasksCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.TypeElement;

/** A class with {@code @StateGraph}. Its tasks are those of a flow that has no entrypoint. */
record GraphUnit(GraphDeclaration graph, GraphValidator validator, Graphs graphs, FlowUnit flow) implements Unit {
    @Override
    public TypeElement type() {
        return graph.type();
    }

    @Override
    public Set<String> unresolved() {
        Set<String> unresolved = new TreeSet<>(graph.unresolved());
        unresolved.remove(GeneratedNames.of(graph.type()).tasks().simpleName());
        unresolved.remove(GeneratedNames.of(graph.type()).tasks().canonicalName());
        unresolved.addAll(flow.unresolved());
        return unresolved;
    }

    @Override
    public Findings validate() {
        Findings findings = validator.validate(graph);
        if (hasTasks() && !findings.has(StateGraphRule.GRAPH_KIND.code())) {
            flow.validate().forEach(findings::add);
        }
        return findings;
    }

    /** Whether its code has something to call: tasks, or graphs in it. */
    private boolean hasTasks() {
        return !flow.flow().steps().isEmpty() || graph.hasSubgraphs();
    }

    @Override
    public Map<ClassName, TypeSpec> types(Findings findings) {
        if (findings.has(StateRule.GRAPH_MISSING.code())) {
            return Map.of();
        }
        boolean isStub = !findings.isClean();
        Map<ClassName, TypeSpec> types = new LinkedHashMap<>();
        FlowModel tasks = null;
        if (hasTasks()) {
            tasks = isStub ? flow.modeller().stub(flow.flow()) : flow.modeller().model(flow.flow());
            tasks = tasks.and(graphs.calls(graph));
            types.put(tasks.names().tasks(), isStub ? new TasksCode(tasks).stub() : new TasksCode(tasks).type());
        }
        types.putAll(graphs.of(graph, tasks, isStub));
        return types;
    }

    @Override
    public Map<String, String> resources(Findings findings) {
        return findings.isClean() ? Map.of(Graphs.diagramFile(graph), graphs.diagram(graph)) : Map.of();
    }

    @Override
    public void taken() {
        List<String> scopes = new ArrayList<>(flow.inheritedScopes());
        graph.inheritedScopes()
                .forEach(each ->
                        scopes.add(GeneratedNames.of(each.getKey()).graph().canonicalName() + " " + each.getValue()));
        flow.lint().expect(type(), graph.graph().canonicalName(), List.copyOf(scopes));
    }
}
