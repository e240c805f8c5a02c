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
import dev.clew.processor.read.Known;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.read.Unknown;
import dev.clew.processor.read.Written;
import dev.clew.processor.state.ComponentDeclaration;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.state.StateReader;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads what the user wrote on a class with {@code @StateGraph}. Judges nothing. */
public final class GraphReader {
    private final Elements elements;
    private final Types types;
    private final Known known;
    private final StateReader states;
    private final RouteTypes routes;

    public GraphReader(Elements elements, Types types, Known known, StateReader states) {
        this.elements = elements;
        this.types = types;
        this.known = known;
        this.states = states;
        this.routes = new RouteTypes(types);
    }

    public GraphDeclaration read(TypeElement graph) {
        Attributes options = Attributes.of(graph, StateGraph.class).orElseThrow();
        return new Reading(graph, state(options)).read(options);
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

    /** The type of a method where a graph inherits it; its own methods keep the annotations on their types. */
    private ExecutableType signature(TypeElement graph, ExecutableElement method) {
        return (ExecutableType)
                (GraphMembers.owner(method).equals(graph)
                        ? method.asType()
                        : types.asMemberOf((DeclaredType) graph.asType(), method));
    }

    // --- graphs in a graph ---

    private @Nullable InnerGraph inner(TypeMirror type) {
        if (!(types.asElement(type) instanceof TypeElement graph)) {
            return null;
        }
        if (graph.getQualifiedName().contentEquals(GraphNames.AGENT.canonicalName())) {
            return agent(graph, type);
        }
        return Attributes.of(graph, StateGraph.class)
                .map(options -> inner(graph, options))
                .orElseGet(() -> workflow(graph, type));
    }

    /** What a {@code Workflow<I, O>} takes and gives; null if the type is none, or does not say what. */
    private @Nullable InnerGraph workflow(TypeElement element, TypeMirror type) {
        DeclaredType workflow = asWorkflow(type);
        if (workflow == null || workflow.getTypeArguments().size() != 2) {
            return null;
        }
        TypeMirror input = workflow.getTypeArguments().get(0);
        TypeMirror output = workflow.getTypeArguments().get(1);
        return new InnerGraph(
                element, null, isVoid(input) ? null : input, isVoid(output) ? null : output, InnerGraph.Kind.WORKFLOW);
    }

    private static boolean isVoid(TypeMirror type) {
        return DeclarationReader.is(type, "java.lang.Void");
    }

    private @Nullable DeclaredType asWorkflow(TypeMirror type) {
        if (DeclarationReader.is(type, RuntimeNames.WORKFLOW.canonicalName())) {
            return (DeclaredType) type;
        }
        return types.directSupertypes(type).stream()
                .map(this::asWorkflow)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private InnerGraph inner(TypeElement graph, Attributes options) {
        GraphMembers members = new GraphMembers(elements, known, graph);
        TypeMirror input = members.methods(Input.class).stream()
                .filter(method -> method.getParameters().size() == 1)
                .findFirst()
                .<TypeMirror>map(
                        method -> signature(graph, method).getParameterTypes().get(0))
                .orElse(null);
        TypeMirror output = members.methods(Output.class).stream()
                .<TypeMirror>map(method -> signature(graph, method).getReturnType())
                .findFirst()
                .filter(type -> type.getKind() != TypeKind.VOID)
                .orElse(null);
        return new InnerGraph(graph, state(options), input, output, InnerGraph.Kind.GRAPH);
    }

    /** An agent without its type argument has no output that could be named. */
    private @Nullable InnerGraph agent(TypeElement agent, TypeMirror type) {
        TypeElement input = elements.getTypeElement(GraphNames.AGENT_INPUT.canonicalName());
        return type instanceof DeclaredType declared
                        && declared.getTypeArguments().size() == 1
                        && input != null
                ? new InnerGraph(
                        agent, null, input.asType(), declared.getTypeArguments().get(0), InnerGraph.Kind.AGENT)
                : null;
    }

    // --- one graph ---

    /** Reads one graph. */
    private final class Reading {
        private final TypeElement graph;
        private final @Nullable StateDeclaration state;
        private final GraphMembers members;
        private final AnswerReader answers;
        private final Unknown unknown = new Unknown();

        /** The records that nodes send, by their qualified names. */
        private final Set<String> sent = new LinkedHashSet<>();

        /** The nodes that routes name. */
        private final Set<String> targets = new HashSet<>();

        Reading(TypeElement graph, @Nullable StateDeclaration state) {
            this.graph = graph;
            this.state = state;
            this.members = new GraphMembers(elements, known, graph);
            this.answers = new AnswerReader(types, state);
        }

        GraphDeclaration read(Attributes options) {
            List<SubgraphDeclaration> inner = subgraphs();
            inner.forEach(each -> note(each.routes()));
            Stream.of(Node.class, OnError.class)
                    .flatMap(role -> members.methods(role).stream())
                    .forEach(this::noteRoutes);
            List<NodeDeclaration> nodes = methods(Node.class);
            List<NodeDeclaration> handlers = methods(OnError.class);
            List<NodeDeclaration> outputs = methods(Output.class);
            List<NodeDeclaration> inputs = methods(Input.class);
            unknown.options(options);
            nodes.forEach(node -> unknown.options(node.options()));
            boolean hasCallers = Stream.concat(nodes.stream(), handlers.stream())
                    .anyMatch(each -> each.has(NodeParameter.Role.TASKS));
            return new GraphDeclaration(
                    graph,
                    options,
                    state,
                    members,
                    nodes,
                    handlers,
                    inner.stream()
                            .map(each ->
                                    each.asNode(!hasCallers || each.isAgent() || each.isWorkflow() || leadsTo(each)))
                            .toList(),
                    inputs,
                    outputs,
                    questions(graph),
                    unknown.found());
        }

        private List<SubgraphDeclaration> subgraphs() {
            List<SubgraphDeclaration> found = new ArrayList<>();
            for (Element member : members.with(Subgraph.class)) {
                TypeMirror type = member instanceof ExecutableElement method ? method.getReturnType() : member.asType();
                InnerGraph inner = inner(type);
                unknown.type(type);
                if (inner != null) {
                    unknown.type(inner.input());
                    unknown.type(inner.output());
                }
                found.add(new SubgraphDeclaration(
                        member,
                        members.site(member),
                        Attributes.of(member, Subgraph.class).orElseThrow(),
                        inner,
                        inner == null ? null : routes(inner.output()),
                        true));
            }
            return List.copyOf(found);
        }

        /** Its output routes if it is an enum or a sealed type. */
        private RouteTypes.@Nullable Route routes(@Nullable TypeMirror output) {
            return output instanceof DeclaredType declared
                            && declared.asElement() instanceof TypeElement element
                            && (element.getKind() == ElementKind.ENUM
                                    || element.getModifiers().contains(Modifier.SEALED))
                    ? routes.of(types.erasure(output))
                    : null;
        }

        private boolean leadsTo(SubgraphDeclaration inner) {
            return inner.hasEdges()
                    || targets.contains(inner.name())
                    || inner.taken()
                            .map(type -> type.getQualifiedName().toString())
                            .filter(sent::contains)
                            .isPresent();
        }

        private void noteRoutes(ExecutableElement method) {
            TypeMirror route = answers.of(signature(graph, method).getReturnType(), writes(method))
                    .route();
            note(route == null ? null : routes.of(route));
        }

        private void note(RouteTypes.@Nullable Route route) {
            if (route != null) {
                route.sent().forEach(each -> sent.add(each.getQualifiedName().toString()));
                route.cases().forEach(each -> targets.addAll(each.targets()));
            }
        }

        private static boolean writes(ExecutableElement method) {
            return Stream.of(Node.class, OnError.class)
                    .flatMap(annotation -> Attributes.of(method, annotation).stream())
                    .anyMatch(options -> options.text("writes")
                            .filter(text -> !text.isEmpty())
                            .isPresent());
        }

        private void noteUnknown(ExecutableElement method) {
            ExecutableType signature = signature(graph, method);
            unknown.type(signature.getReturnType());
            signature.getParameterTypes().forEach(unknown::type);
        }

        // --- methods and their parameters ---

        private List<NodeDeclaration> methods(Class<? extends Annotation> role) {
            return members.methods(role).stream()
                    .map(method -> method(method, role))
                    .toList();
        }

        private NodeDeclaration method(ExecutableElement method, Class<? extends Annotation> role) {
            noteUnknown(method);
            ExecutableType signature = signature(graph, method);
            List<NodeParameter> parameters = new ArrayList<>();
            for (int i = 0; i < method.getParameters().size(); i++) {
                parameters.add(parameter(
                        method.getParameters().get(i),
                        signature.getParameterTypes().get(i)));
            }
            return new NodeDeclaration(
                    method,
                    members.site(method),
                    Attributes.of(method, role).orElseThrow(),
                    answers.of(signature.getReturnType(), writes(method)),
                    List.copyOf(parameters),
                    members.isOverloaded(method));
        }

        private NodeParameter parameter(VariableElement element, TypeMirror type) {
            boolean isNullable = Stream.of(
                            element.getAnnotationMirrors(),
                            element.asType().getAnnotationMirrors(),
                            type.getAnnotationMirrors())
                    .flatMap(List::stream)
                    .map(AnnotationMirror::getAnnotationType)
                    .anyMatch(each -> each.asElement().getSimpleName().contentEquals("Nullable"));
            NodeParameter.Role role = role(element, type);
            TypeMirror value = role == NodeParameter.Role.SENT_OPTIONAL ? AnswerReader.argument(type) : type;
            return new NodeParameter(element, role, value, type, isNullable);
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
            if (DeclarationReader.is(type, "java.util.Optional") && isSent(AnswerReader.argument(type))) {
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

    /** Whether a parameter of this type is given without being asked for with {@code @Context}. */
    static boolean isHandle(TypeMirror type) {
        return Stream.of(RuntimeNames.RUN, RuntimeNames.TASK_CONTEXT, GraphNames.SUPERSTEP, GraphNames.FAILURE)
                .anyMatch(handle -> DeclarationReader.is(type, handle.canonicalName()));
    }

    private static boolean is(TypeMirror type, ClassName name) {
        return DeclarationReader.is(type, name.canonicalName())
                || type.getKind() == TypeKind.ERROR && Written.of(type).endsWith(name.simpleName());
    }
}
