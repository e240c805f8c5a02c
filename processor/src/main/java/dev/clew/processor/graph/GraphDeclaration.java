package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.GeneratedNames;
import dev.clew.processor.state.StateDeclaration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * A class with {@code @StateGraph} as the user wrote it.
 *
 * @param type the class
 * @param options its annotation
 * @param state the state that it names; null if that is no class
 * @param members its members that have a role
 * @param nodes its nodes, in source order, then those that it inherits
 * @param handlers its methods with {@code @OnError}, in source order
 * @param subgraphs the graphs in it, in source order
 * @param inputs its methods with {@code @Input}
 * @param outputs its methods with {@code @Output}
 * @param questions the names of its constants that are questions
 * @param unresolved the types in its signatures that the compiler does not know (yet)
 */
public record GraphDeclaration(
        TypeElement type,
        Attributes options,
        @Nullable StateDeclaration state,
        GraphMembers members,
        List<NodeDeclaration> nodes,
        List<NodeDeclaration> handlers,
        List<SubgraphDeclaration> subgraphs,
        List<NodeDeclaration> inputs,
        List<NodeDeclaration> outputs,
        List<String> questions,
        Set<String> unresolved) {
    /** The names of what is generated for a class. */
    public static List<ClassName> names(TypeElement type) {
        return List.of(GeneratedNames.of(type).graph(), nodesOf(type));
    }

    private static ClassName nodesOf(TypeElement type) {
        ClassName graph = GeneratedNames.of(type).graph();
        String name = graph.simpleName();
        return graph.peerClass(name.substring(0, name.length() - "Graph".length()) + "Node");
    }

    /** The generated graph. */
    public ClassName graph() {
        return GeneratedNames.of(type).graph();
    }

    /** The generated enum of its nodes. */
    public ClassName nodeEnum() {
        return nodesOf(type);
    }

    /** Its name without the package: {@code Outer.Inner}. */
    public String label() {
        return FlowDeclaration.label(type);
    }

    /** The name under which its workflow is stored. */
    public String recordedName() {
        return options.text("name").filter(name -> !name.isEmpty()).orElse(label());
    }

    /** The graphs in it that are nodes. */
    List<SubgraphDeclaration> innerNodes() {
        return subgraphs.stream().filter(SubgraphDeclaration::isNode).toList();
    }

    /** The graphs in it that its code alone calls. */
    List<SubgraphDeclaration> calledGraphs() {
        return subgraphs.stream().filter(each -> !each.isNode()).toList();
    }

    /** Whether there is a handle for calls from its code: of its tasks, and of the graphs in it. */
    public boolean hasSubgraphs() {
        return subgraphs.stream().anyMatch(each -> !each.isWorkflow());
    }

    /** The scopes among its nodes and handlers that another class declares, each as that class and its label. */
    public List<Map.Entry<TypeElement, String>> inheritedScopes() {
        return Stream.concat(
                        nodes.stream().map(node -> Map.entry(node, "node ")),
                        handlers.stream().map(handler -> Map.entry(handler, "handler ")))
                .filter(each -> each.getKey().isScope()
                        && !GraphMembers.owner(each.getKey().method()).equals(type))
                .map(each -> Map.entry(
                        GraphMembers.owner(each.getKey().method()),
                        each.getValue() + each.getKey().label()))
                .toList();
    }

    /** The handler of a node. */
    Optional<NodeDeclaration> handler(String node) {
        return handlers.stream().filter(each -> each.handles().equals(node)).findFirst();
    }

    /** Everything that has parameters and an answer. */
    Stream<NodeDeclaration> methods() {
        return Stream.of(nodes, handlers, outputs).flatMap(List::stream);
    }
}
