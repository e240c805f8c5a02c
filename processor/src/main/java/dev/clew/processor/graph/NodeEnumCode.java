package dev.clew.processor.graph;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.read.GraphNames;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes the {@code …Node} of a graph: an enum of its nodes. */
public final class NodeEnumCode {
    private final GraphDeclaration graph;
    private final boolean isPublic;

    NodeEnumCode(GraphDeclaration graph, boolean isPublic) {
        this.graph = graph;
        this.isPublic = isPublic;
    }

    /** The constant of a node: {@code askAgain} is {@code ASK_AGAIN}, and so is {@code ask-again}. */
    public static String constant(String node) {
        String name = node.replaceAll("(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})", "_")
                .replaceAll("[^\\p{L}\\p{Nd}]+", "_")
                .toUpperCase(Locale.ROOT);
        boolean isWord = !name.isEmpty() && !name.equals("_") && Character.isJavaIdentifierStart(name.charAt(0));
        return isWord ? name : "_" + name;
    }

    TypeSpec type() {
        TypeSpec.Builder type = TypeSpec.enumBuilder(graph.nodeEnum())
                .addJavadoc("The nodes of {@link $T}.\n", graph.graph())
                .addSuperinterface(GraphNames.NODE_REF)
                .addField(String.class, "id", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(String.class, "id")
                        .addStatement("this.id = id")
                        .build())
                .addMethod(MethodSpec.methodBuilder("id")
                        .addAnnotation(Override.class)
                        .addModifiers(Modifier.PUBLIC)
                        .returns(String.class)
                        .addStatement("return id")
                        .build());
        if (isPublic) {
            type.addModifiers(Modifier.PUBLIC);
        }
        constants()
                .forEach((constant, node) -> type.addEnumConstant(
                        constant, TypeSpec.anonymousClassBuilder("$S", node).build()));
        return type.addOriginatingElement(graph.type()).build();
    }

    private Map<String, String> constants() {
        Map<String, String> constants = new LinkedHashMap<>();
        Stream.concat(
                        graph.nodes().stream().map(NodeDeclaration::name),
                        graph.innerNodes().stream().map(SubgraphDeclaration::name))
                .forEach(node -> constants.putIfAbsent(constant(node), node));
        return constants;
    }
}
