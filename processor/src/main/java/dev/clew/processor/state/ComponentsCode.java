package dev.clew.processor.state;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.state.StateModel.ComponentModel;
import dev.clew.processor.write.TypeCode;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Writes the class in the {@code …Update} that has a constant for each component. */
final class ComponentsCode {
    static final String NAME = "Components";

    private final StateModel state;

    ComponentsCode(StateModel state) {
        this.state = state;
    }

    TypeSpec type() {
        TypeSpec.Builder type = TypeSpec.classBuilder(NAME)
                .addJavadoc("The components of the state, for the code of graphs.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        for (ComponentModel component : state.components()) {
            type.addField(FieldSpec.builder(
                            ParameterizedTypeName.get(
                                    GraphNames.COMPONENT, component.type().box(), updateType(component)),
                            component.constant(),
                            Modifier.PUBLIC,
                            Modifier.STATIC,
                            Modifier.FINAL)
                    .initializer(described(component))
                    .build());
        }
        return type.build();
    }

    /** The type of one update of a component. */
    static TypeName updateType(ComponentModel component) {
        return component
                .reduction()
                .map(StateModel.ReductionModel::update)
                .orElse(component.type())
                .box();
    }

    /** What one element may be, where the type of all of them has a wildcard. */
    static TypeName elementOf(TypeName argument) {
        if (!(argument instanceof WildcardTypeName wildcard)) {
            return argument;
        }
        return wildcard.lowerBounds().isEmpty()
                ? wildcard.upperBounds().get(0)
                : wildcard.lowerBounds().get(0);
    }

    private static CodeBlock described(ComponentModel component) {
        CodeBlock.Builder code = CodeBlock.builder();
        component
                .reduction()
                .ifPresentOrElse(
                        reduction -> code.add(
                                "$T.reduced($>$>$S,$W$L,$W$L,$W$L)$<$<",
                                GraphNames.COMPONENT,
                                component.name(),
                                TypeCode.typeRef(component.type()),
                                TypeCode.typeRef(reduction.update().box()),
                                reduction.make()),
                        () -> code.add(
                                "$T.lastValue($>$>$S,$W$L,$W$L)$<$<",
                                GraphNames.COMPONENT,
                                component.name(),
                                TypeCode.typeRef(component.type()),
                                start(component.type())));
        if (component.isNullable()) {
            code.add("$Z.nullable()");
        }
        if (!component.formerly().isEmpty()) {
            code.add(
                    "$Z.formerly($L)",
                    component.formerly().stream()
                            .map(name -> CodeBlock.of("$S", name))
                            .collect(CodeBlock.joining(", ")));
        }
        return code.build();
    }

    private static CodeBlock start(TypeName type) {
        if (type instanceof ParameterizedTypeName generic && generic.rawType().equals(ClassName.get(Optional.class))) {
            return CodeBlock.of("$T.empty()", Optional.class);
        }
        if (!type.isPrimitive()) {
            return CodeBlock.of("null");
        }
        if (type.equals(TypeName.BOOLEAN)) {
            return CodeBlock.of("false");
        }
        return type.equals(TypeName.INT) ? CodeBlock.of("0") : CodeBlock.of("($T) 0", type);
    }
}
