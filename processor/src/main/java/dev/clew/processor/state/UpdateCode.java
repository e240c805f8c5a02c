package dev.clew.processor.state;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.read.RuntimeNames;
import dev.clew.processor.state.StateModel.ComponentModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Writes the {@code …Update} of a state. */
final class UpdateCode {
    private static final String GOTO = "Goto";
    private static final TypeVariableName ROUTE = TypeVariableName.get("R");

    /** How what is written to a component is copied, where its updates are of one of these types. */
    private static final Map<ClassName, ClassName> COPIES = Map.of(
            ClassName.get(Collection.class), ClassName.get(ArrayList.class),
            ClassName.get(List.class), ClassName.get(ArrayList.class),
            ClassName.get("java.util", "Set"), ClassName.get(LinkedHashSet.class));

    private final StateModel state;
    private final boolean isStub;

    UpdateCode(StateModel state, boolean isStub) {
        this.state = state;
        this.isStub = isStub;
    }

    /** The name of the method that replaces the value of a component that has a reducer. */
    static String replace(String component) {
        int first = component.offsetByCodePoints(0, 1);
        return "replace" + component.substring(0, first).toUpperCase(Locale.ROOT) + component.substring(first);
    }

    TypeSpec type() {
        TypeSpec.Builder type = TypeSpec.classBuilder(state.update())
                .addJavadoc(
                        "Changes a {@link $T}: what an update does not name stays as it is. Immutable.\n", state.type())
                .addModifiers(Modifier.FINAL)
                .superclass(ParameterizedTypeName.get(GraphNames.STATE_UPDATE, state.type()))
                .addField(spec());
        if (!isStub) {
            type.addField(FieldSpec.builder(state.update(), "NONE", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                    .initializer("new $T(STATE.changes())", state.update())
                    .build());
        }
        type.addField(typeRef());
        type.addMethod(constructor())
                .addMethod(factory("update", "An update that changes nothing yet.\n", CodeBlock.of("NONE")))
                .addMethod(factory(
                        "fresh",
                        "An update that first gives every component its start value.\n",
                        CodeBlock.of("new $T(STATE.changes().fresh())", state.update())));
        Set<String> taken = new HashSet<>();
        for (ComponentModel component : state.components()) {
            component(component).stream()
                    .filter(method -> !isStub
                            || taken.add(
                                    method.name() + method.parameters().get(0).type()))
                    .forEach(type::addMethod);
        }
        type.addMethod(and()).addMethod(goTo()).addMethod(goToEach());
        if (!isStub) {
            type.addType(new ComponentsCode(state).type());
        }
        return finish(type.addType(routed()));
    }

    private TypeSpec finish(TypeSpec.Builder type) {
        if (state.isPublic()) {
            type.addModifiers(Modifier.PUBLIC);
        }
        if (!state.suppressed().isEmpty()) {
            AnnotationSpec.Builder warnings = AnnotationSpec.builder(SuppressWarnings.class);
            state.suppressed().forEach(name -> warnings.addMember("value", "$S", name));
            type.addAnnotation(warnings.build());
        }
        return type.addOriginatingElement(state.origin()).build();
    }

    // --- the spec ---

    private FieldSpec spec() {
        FieldSpec.Builder field = FieldSpec.builder(
                        ParameterizedTypeName.get(GraphNames.STATE_SPEC, state.type()), "STATE", Modifier.PUBLIC)
                .addModifiers(Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("What a graph must know of the state.\n");
        if (isStub) {
            return field.initializer("null").build();
        }
        return field.initializer(
                        "$T.of($>$>\n$T.class,\nvalues -> new $T($L),\nstate -> new Object[] {$L}$L)\n.updates($T::new)$<$<",
                        GraphNames.STATE_SPEC,
                        state.type(),
                        state.type(),
                        joined("values.get($T.$L)"),
                        state.components().stream()
                                .map(component -> CodeBlock.of("state.$L()", component.name()))
                                .collect(CodeBlock.joining(",$W")),
                        state.components().stream()
                                .map(component -> CodeBlock.of(",\n$L", constant(component)))
                                .collect(CodeBlock.joining("")),
                        state.update())
                .build();
    }

    private FieldSpec typeRef() {
        return FieldSpec.builder(
                        ParameterizedTypeName.get(RuntimeNames.TYPE_REF, state.update()),
                        "TYPE",
                        Modifier.PUBLIC,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .addJavadoc("The type of these updates, as every codec can store it.\n")
                .initializer(isStub ? CodeBlock.of("null") : CodeBlock.of("STATE.updateType($T.class)", state.update()))
                .build();
    }

    private CodeBlock joined(String format) {
        return state.components().stream()
                .map(component ->
                        CodeBlock.of(format, state.update().nestedClass(ComponentsCode.NAME), component.constant()))
                .collect(CodeBlock.joining(",$W"));
    }

    private CodeBlock constant(ComponentModel component) {
        return CodeBlock.of("$T.$L", state.update().nestedClass(ComponentsCode.NAME), component.constant());
    }

    // --- making updates ---

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(ParameterizedTypeName.get(GraphNames.CHANGES, state.type()), "changes")
                .addStatement("super(changes)")
                .build();
    }

    private MethodSpec factory(String name, String says, CodeBlock made) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc(says)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(state.update())
                .addStatement(isStub ? refusal() : CodeBlock.of("return $L", made))
                .build();
    }

    private List<MethodSpec> component(ComponentModel component) {
        return component.reduction().isPresent() ? reduced(component) : List.of(lastValue(component));
    }

    private MethodSpec lastValue(ComponentModel component) {
        return writing(
                        component.name(),
                        component.type(),
                        component.name(),
                        CodeBlock.of("set($L, ", constant(component)))
                .addJavadoc("Sets {@code $L}.\n", component.name())
                .build();
    }

    private List<MethodSpec> reduced(ComponentModel component) {
        String name = component.name();
        List<MethodSpec> methods = new ArrayList<>();
        TypeName update = ComponentsCode.updateType(component);
        CodeBlock add = CodeBlock.of("add($L, ", constant(component));
        ClassName copy = update instanceof ParameterizedTypeName generic ? COPIES.get(generic.rawType()) : null;
        if (copy == null) {
            TypeName written =
                    component.type().isPrimitive() && component.type().box().equals(update) ? component.type() : update;
            methods.add(writing(name, written, name, add)
                    .addJavadoc("Adds to {@code $L}.\n", name)
                    .build());
        } else {
            TypeName element = ((ParameterizedTypeName) update).typeArguments().get(0);
            methods.add(all(component, element, copy, add));
            methods.add(some(component, ComponentsCode.elementOf(element)));
        }
        methods.add(writing(replace(name), component.type(), name, CodeBlock.of("replace($L, ", constant(component)))
                .addJavadoc("Replaces {@code $L}, without its reducer.\n", name)
                .build());
        return methods;
    }

    private MethodSpec.Builder writing(String method, TypeName type, String parameter, CodeBlock change) {
        return MethodSpec.methodBuilder(method)
                .addModifiers(Modifier.PUBLIC)
                .returns(state.update())
                .addParameter(type, parameter)
                .addStatement(
                        isStub
                                ? refusal()
                                : CodeBlock.of("return new $T(changes().$L$N))", state.update(), change, parameter));
    }

    private MethodSpec all(ComponentModel component, TypeName element, ClassName copy, CodeBlock add) {
        TypeName type = ParameterizedTypeName.get(
                ClassName.get(Collection.class),
                element instanceof WildcardTypeName ? element : WildcardTypeName.subtypeOf(element));
        return MethodSpec.methodBuilder(component.name())
                .addJavadoc("Adds these to {@code $L}.\n", component.name())
                .addModifiers(Modifier.PUBLIC)
                .returns(state.update())
                .addParameter(type, component.name())
                .addStatement(
                        isStub
                                ? refusal()
                                : CodeBlock.of(
                                        "return new $T(changes().$Lnew $T<>($N)))",
                                        state.update(),
                                        add,
                                        copy,
                                        component.name()))
                .build();
    }

    /** Whether an array of a type is not checked when it is written to, so that one for varargs is a warning. */
    private static boolean isGeneric(TypeName type) {
        if (type instanceof ArrayTypeName array) {
            return isGeneric(array.componentType());
        }
        return type instanceof ParameterizedTypeName generic
                && generic.typeArguments().stream()
                        .anyMatch(argument -> !argument.equals(WildcardTypeName.subtypeOf(Object.class)));
    }

    private MethodSpec some(ComponentModel component, TypeName element) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(component.name())
                .addJavadoc("Adds these to {@code $L}.\n", component.name())
                .addModifiers(Modifier.PUBLIC)
                .returns(state.update())
                .addParameter(ArrayTypeName.of(element), component.name())
                .varargs();
        if (isGeneric(element)) {
            method.addAnnotation(SafeVarargs.class).addModifiers(Modifier.FINAL);
        }
        if (isStub) {
            return method.addStatement(refusal()).build();
        }
        return isGeneric(element)
                ? copied(method, component, element)
                : method.addStatement("return $L($T.asList($N))", component.name(), Arrays.class, component.name())
                        .build();
    }

    /** An array of a generic type that were passed on would be a warning. */
    private static MethodSpec copied(MethodSpec.Builder method, ComponentModel component, TypeName element) {
        NameAllocator names = new NameAllocator();
        String given = names.newName(component.name());
        String all = names.newName("all");
        String each = names.newName("each");
        return method.addStatement(
                        "$T<$T> $L = new $T<>($L.length)",
                        ClassName.get(List.class),
                        element,
                        all,
                        ArrayList.class,
                        given)
                .beginControlFlow("for ($T $L : $L)", element, each, given)
                .addStatement("$L.add($L)", all, each)
                .endControlFlow()
                .addStatement("return $L($L)", component.name(), all)
                .build();
    }

    private MethodSpec and() {
        return MethodSpec.methodBuilder("and")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(state.update())
                .addParameter(ParameterizedTypeName.get(GraphNames.STATE_UPDATE, state.type()), "other")
                .addStatement(
                        isStub
                                ? refusal()
                                : CodeBlock.of("return new $T(changes().and(other.changes()))", state.update()))
                .build();
    }

    // --- routes ---

    private ClassName routedName() {
        return state.update().nestedClass(GOTO);
    }

    private MethodSpec goTo() {
        return MethodSpec.methodBuilder("goTo")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addTypeVariable(ROUTE)
                .returns(ParameterizedTypeName.get(routedName(), ROUTE))
                .addParameter(ROUTE, "route")
                .addStatement(isStub ? refusal() : CodeBlock.of("return new $T<>(this, route)", routedName()))
                .build();
    }

    private MethodSpec goToEach() {
        return MethodSpec.methodBuilder("goTo")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addTypeVariable(ROUTE)
                .returns(routes())
                .addParameter(collectionOfRoutes(), "routes")
                .addStatement(isStub ? refusal() : CodeBlock.of("return $T.each(this, routes)", routedName()))
                .build();
    }

    private TypeName routes() {
        return ParameterizedTypeName.get(routedName(), ParameterizedTypeName.get(ClassName.get(List.class), ROUTE));
    }

    private static TypeName collectionOfRoutes() {
        return ParameterizedTypeName.get(ClassName.get(Collection.class), WildcardTypeName.subtypeOf(ROUTE));
    }

    private TypeSpec routed() {
        return TypeSpec.classBuilder(GOTO)
                .addJavadoc("An update of the state, and the route by which its graph goes on.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addTypeVariable(ROUTE)
                .superclass(ParameterizedTypeName.get(GraphNames.ROUTED_UPDATE, state.type(), ROUTE))
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(state.update(), "update")
                        .addParameter(ROUTE, "route")
                        .addStatement("super(update, route)")
                        .build())
                .addMethod(MethodSpec.methodBuilder("each")
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .addTypeVariable(ROUTE)
                        .returns(routes())
                        .addParameter(state.update(), "update")
                        .addParameter(collectionOfRoutes(), "routes")
                        .addStatement("return new $T<>(update, copyOf(routes))", routedName())
                        .build())
                .build();
    }

    /** The only statement of a stub's method. */
    private CodeBlock refusal() {
        return CodeBlock.of(
                "throw new $T($S)",
                UnsupportedOperationException.class,
                state.origin().getSimpleName() + " has errors; see what the compiler said");
    }
}
