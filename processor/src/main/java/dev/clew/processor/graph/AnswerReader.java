package dev.clew.processor.graph;

import com.palantir.javapoet.ClassName;
import dev.clew.processor.read.DeclarationReader;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.state.StateDeclaration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads what the methods of a graph return. */
final class AnswerReader {
    private static final Set<String> STAGES =
            Set.of("java.util.concurrent.CompletionStage", "java.util.concurrent.CompletableFuture");

    private final Types types;
    private final @Nullable StateDeclaration state;

    AnswerReader(Types types, @Nullable StateDeclaration state) {
        this.types = types;
        this.state = state;
    }

    /**
     * What a method returns.
     *
     * @param writes whether it says that a component takes it
     */
    Answer of(TypeMirror returned, boolean writes) {
        boolean awaited = STAGES.stream().anyMatch(stage -> DeclarationReader.is(returned, stage));
        TypeMirror value = awaited ? argument(returned) : returned;
        if (value.getKind() == TypeKind.VOID || DeclarationReader.is(value, "java.lang.Void")) {
            return new Answer(Answer.Kind.NOTHING, value, null, false, awaited);
        }
        if (isUpdate(value)) {
            return new Answer(Answer.Kind.UPDATE, value, null, false, awaited);
        }
        if (isRouted(value)) {
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

    /** Whether it is an update of the graph's state, and no route with it. */
    boolean isUpdate(TypeMirror type) {
        return state != null
                && (DeclarationReader.is(type, state.update().canonicalName())
                        || DeclarationReader.is(type, GraphNames.STATE_UPDATE.canonicalName())
                                && DeclarationReader.is(
                                        argument(type),
                                        state.type().getQualifiedName().toString()));
    }

    private boolean isRouted(TypeMirror type) {
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
    static TypeMirror argument(TypeMirror type) {
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
}
