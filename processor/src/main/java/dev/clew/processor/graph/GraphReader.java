package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import dev.clew.annotations.Context;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.OnError;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Subgraph;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.read.GeneratedNames;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.read.Written;
import dev.clew.processor.state.ComponentDeclaration;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.state.StateReader;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads what the user wrote on a class with {@code @StateGraph}. Judges nothing. */
public final class GraphReader {
    private static final Set<String> STAGES =
            Set.of("java.util.concurrent.CompletionStage", "java.util.concurrent.CompletableFuture");

    private final Types types;
    private final StateReader states;
    private final RouteTypes routes;

    public GraphReader(Types types, StateReader states) {
        this.types = types;
        this.states = states;
        this.routes = new RouteTypes(types);
    }

    public GraphDeclaration read(TypeElement graph) {
        Attributes options = Attributes.of(graph, StateGraph.class).orElseThrow();
        StateDeclaration state = state(options);
        List<ExecutableElement> nodes = methods(graph, Node.class);
        List<ExecutableElement> handlers = methods(graph, OnError.class);
        List<ExecutableElement> outputs = methods(graph, Output.class);
        Reading reading = new Reading(graph, state, sent(nodes, handlers, state));
        List<SubgraphDeclaration> subgraphs = subgraphs(graph);
        return new GraphDeclaration(
                graph,
                options,
                state,
                nodes.stream().map(method -> reading.method(method, Node.class)).toList(),
                handlers.stream()
                        .map(method -> reading.method(method, OnError.class))
                        .toList(),
                subgraphs,
                methods(graph, Input.class),
                outputs.stream()
                        .map(method -> reading.method(method, Output.class))
                        .toList(),
                questions(graph),
                unresolved(Stream.of(nodes, handlers, outputs, methods(graph, Input.class))
                        .flatMap(List::stream)
                        .toList()));
    }

    private @Nullable StateDeclaration state(Attributes options) {
        return options.value("value")
                .map(AnnotationValue::getValue)
                .filter(DeclaredType.class::isInstance)
                .map(type -> (TypeElement) ((DeclaredType) type).asElement())
                .filter(type -> Attributes.of(type, State.class).isPresent())
                .map(states::read)
                .orElse(null);
    }

    private static List<String> questions(TypeElement graph) {
        return DeclarationReader.questions(graph).stream()
                .filter(field -> !field.getModifiers().contains(Modifier.PRIVATE))
                .map(field -> field.getSimpleName().toString())
                .toList();
    }

    private static List<ExecutableElement> methods(TypeElement graph, Class<? extends Annotation> annotation) {
        return ElementFilter.methodsIn(graph.getEnclosedElements()).stream()
                .filter(method -> Attributes.of(method, annotation).isPresent())
                .toList();
    }

    private List<SubgraphDeclaration> subgraphs(TypeElement graph) {
        List<SubgraphDeclaration> found = new ArrayList<>();
        for (Element member : graph.getEnclosedElements()) {
            Attributes.of(member, Subgraph.class).ifPresent(options -> {
                TypeMirror type = member instanceof ExecutableElement method ? method.getReturnType() : member.asType();
                TypeElement inner = types.asElement(type) instanceof TypeElement element
                                && Attributes.of(element, StateGraph.class).isPresent()
                        ? element
                        : null;
                found.add(new SubgraphDeclaration(member, options, inner));
            });
        }
        return List.copyOf(found);
    }

    /** The records that nodes send, by their qualified names. */
    private Set<String> sent(
            List<ExecutableElement> nodes, List<ExecutableElement> handlers, @Nullable StateDeclaration state) {
        Set<String> sent = new LinkedHashSet<>();
        for (ExecutableElement method :
                Stream.concat(nodes.stream(), handlers.stream()).toList()) {
            TypeMirror route = answer(method, writes(method), state).route();
            if (route != null) {
                routes.of(route)
                        .sent()
                        .forEach(each -> sent.add(each.getQualifiedName().toString()));
            }
        }
        return sent;
    }

    private static boolean writes(ExecutableElement method) {
        return Stream.of(Node.class, OnError.class)
                .flatMap(annotation -> Attributes.of(method, annotation).stream())
                .anyMatch(options ->
                        options.text("writes").filter(text -> !text.isEmpty()).isPresent());
    }

    // --- what is returned ---

    private Answer answer(ExecutableElement method, boolean writes, @Nullable StateDeclaration state) {
        TypeMirror returned = method.getReturnType();
        boolean awaited = STAGES.stream().anyMatch(stage -> DeclarationReader.is(returned, stage));
        TypeMirror value = awaited ? argument(returned) : returned;
        if (value.getKind() == TypeKind.VOID || DeclarationReader.is(value, "java.lang.Void")) {
            return new Answer(Answer.Kind.NOTHING, value, null, false, awaited);
        }
        if (isUpdate(value, state)) {
            return new Answer(Answer.Kind.UPDATE, value, null, false, awaited);
        }
        if (isRouted(value, state)) {
            return routed(Answer.Kind.ROUTED, value, argument(value), awaited);
        }
        if (isOtherUpdate(value)) {
            return new Answer(Answer.Kind.OTHER_UPDATE, value, null, false, awaited);
        }
        return writes
                ? new Answer(Answer.Kind.WRITTEN, value, null, false, awaited)
                : routed(Answer.Kind.ROUTE, value, value, awaited);
    }

    private static Answer routed(Answer.Kind kind, TypeMirror written, TypeMirror route, boolean awaited) {
        boolean many = DeclarationReader.is(route, "java.util.List");
        return new Answer(kind, written, many ? argument(route) : route, many, awaited);
    }

    private static boolean isUpdate(TypeMirror type, @Nullable StateDeclaration state) {
        return state != null
                && (DeclarationReader.is(type, state.update().canonicalName())
                        || DeclarationReader.is(type, GraphNames.STATE_UPDATE.canonicalName())
                                && DeclarationReader.is(
                                        argument(type),
                                        state.type().getQualifiedName().toString()));
    }

    private static boolean isRouted(TypeMirror type, @Nullable StateDeclaration state) {
        return state != null
                && DeclarationReader.is(type, state.update().nestedClass("Goto").canonicalName());
    }

    private boolean isOtherUpdate(TypeMirror type) {
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && Stream.of(GraphNames.STATE_UPDATE, GraphNames.ROUTED_UPDATE)
                        .map(ClassName::canonicalName)
                        .anyMatch(name -> DeclarationReader.is(type, name)
                                || DeclarationReader.is(types.erasure(element.getSuperclass()), name));
    }

    /** The first type argument; of a wildcard its bound, and of a raw type the type itself. */
    private static TypeMirror argument(TypeMirror type) {
        List<? extends TypeMirror> arguments =
                type instanceof DeclaredType declared ? declared.getTypeArguments() : List.of();
        if (arguments.isEmpty()) {
            return type;
        }
        TypeMirror argument = arguments.get(0);
        return argument instanceof WildcardType wildcard && wildcard.getExtendsBound() != null
                ? wildcard.getExtendsBound()
                : argument;
    }

    // --- parameters ---

    /** Reads the methods of one graph. */
    private final class Reading {
        private final TypeElement graph;
        private final @Nullable StateDeclaration state;
        private final Set<String> sent;

        Reading(TypeElement graph, @Nullable StateDeclaration state, Set<String> sent) {
            this.graph = graph;
            this.state = state;
            this.sent = sent;
        }

        NodeDeclaration method(ExecutableElement method, Class<? extends Annotation> annotation) {
            Attributes options = Attributes.of(method, annotation).orElseThrow();
            return new NodeDeclaration(
                    method,
                    options,
                    answer(method, writes(method), state),
                    method.getParameters().stream().map(this::parameter).toList());
        }

        private NodeParameter parameter(VariableElement element) {
            TypeMirror type = element.asType();
            boolean isNullable = Stream.concat(
                            element.getAnnotationMirrors().stream(), type.getAnnotationMirrors().stream())
                    .map(AnnotationMirror::getAnnotationType)
                    .anyMatch(each -> each.asElement().getSimpleName().contentEquals("Nullable"));
            NodeParameter.Role role = role(element, type);
            TypeMirror value = role == NodeParameter.Role.SENT_OPTIONAL ? argument(type) : type;
            return new NodeParameter(element, role, value, isNullable);
        }

        private NodeParameter.Role role(VariableElement element, TypeMirror type) {
            if (Attributes.of(element, Context.class).isPresent()) {
                return NodeParameter.Role.CONTEXT;
            }
            return handle(type).orElseGet(() -> value(element, type));
        }

        private Optional<NodeParameter.Role> handle(TypeMirror type) {
            GeneratedNames names = GeneratedNames.of(graph);
            if (is(type, RuntimeNames.RUN)) {
                return Optional.of(NodeParameter.Role.RUN);
            } else if (is(type, RuntimeNames.TASK_CONTEXT)) {
                return Optional.of(NodeParameter.Role.TASK_CONTEXT);
            } else if (is(type, names.tasks())) {
                return Optional.of(NodeParameter.Role.TASKS);
            } else if (is(type, GraphNames.SUPERSTEP)) {
                return Optional.of(NodeParameter.Role.SUPERSTEP);
            } else if (is(type, GraphNames.FAILURE)) {
                return Optional.of(NodeParameter.Role.FAILURE);
            }
            return state != null && is(type, ClassName.get(state.type()))
                    ? Optional.of(NodeParameter.Role.STATE)
                    : Optional.empty();
        }

        private NodeParameter.Role value(VariableElement element, TypeMirror type) {
            if (isSent(type)) {
                return NodeParameter.Role.SENT;
            }
            if (DeclarationReader.is(type, "java.util.Optional") && isSent(argument(type))) {
                return NodeParameter.Role.SENT_OPTIONAL;
            }
            return component(element.getSimpleName().toString()).isPresent()
                    ? NodeParameter.Role.COMPONENT
                    : NodeParameter.Role.UNKNOWN;
        }

        private Optional<ComponentDeclaration> component(String name) {
            return state == null
                    ? Optional.empty()
                    : state.components().stream()
                            .filter(each -> each.name().equals(name))
                            .findFirst();
        }

        /** A record that a node sends, or a sealed type of such. */
        private boolean isSent(TypeMirror type) {
            if (!(type instanceof DeclaredType declared) || !(declared.asElement() instanceof TypeElement element)) {
                return false;
            }
            if (element.getKind() == ElementKind.RECORD) {
                return sent.contains(element.getQualifiedName().toString());
            }
            return element.getModifiers().contains(Modifier.SEALED)
                    && routes.of(type).sent().stream()
                            .anyMatch(each ->
                                    sent.contains(each.getQualifiedName().toString()));
        }
    }

    private static boolean is(TypeMirror type, ClassName name) {
        return DeclarationReader.is(type, name.canonicalName())
                || type.getKind() == TypeKind.ERROR && Written.of(type).endsWith(name.simpleName());
    }

    // --- what is not known yet ---

    /** Updates are generated in the round before, so that they count, too. */
    private static Set<String> unresolved(List<ExecutableElement> methods) {
        Set<String> found = new TreeSet<>();
        for (ExecutableElement method : methods) {
            collect(method.getReturnType(), found);
            method.getParameters().forEach(parameter -> collect(parameter.asType(), found));
        }
        return found;
    }

    private static void collect(@Nullable TypeMirror type, Set<String> found) {
        if (type == null) {
            return;
        }
        switch (type.getKind()) {
            case ERROR -> found.add(Written.of(type));
            case DECLARED -> ((DeclaredType) type).getTypeArguments().forEach(each -> collect(each, found));
            case ARRAY -> collect(((ArrayType) type).getComponentType(), found);
            case WILDCARD -> collect(((WildcardType) type).getExtendsBound(), found);
            default -> {}
        }
    }
}
