package dev.clew.processor.validate;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.NoType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;

/**
 * Names types as generated code writes them: without type-use annotations. What cannot be named there, an unknown type,
 * a type variable or a private class, becomes {@code Object}; only stubs contain such types.
 */
public final class TypeNames extends SimpleTypeVisitor14<TypeName, Void> {
    private final Visibility visibility;

    public TypeNames(Visibility visibility) {
        this.visibility = visibility;
    }

    public TypeName of(TypeMirror type) {
        return type.accept(this, null);
    }

    /** Without type arguments, as a class literal has it. */
    public TypeName raw(TypeMirror type) {
        TypeName name = of(type);
        return name instanceof ParameterizedTypeName generic ? generic.rawType() : name;
    }

    @Override
    public TypeName visitPrimitive(PrimitiveType type, Void unused) {
        return switch (type.getKind()) {
            case BOOLEAN -> TypeName.BOOLEAN;
            case BYTE -> TypeName.BYTE;
            case SHORT -> TypeName.SHORT;
            case INT -> TypeName.INT;
            case LONG -> TypeName.LONG;
            case CHAR -> TypeName.CHAR;
            case FLOAT -> TypeName.FLOAT;
            default -> TypeName.DOUBLE;
        };
    }

    @Override
    public TypeName visitDeclared(DeclaredType type, Void unused) {
        TypeElement element = (TypeElement) type.asElement();
        if (!visibility.reaches(element)) {
            return ClassName.OBJECT;
        }
        var arguments = type.getTypeArguments().stream().map(this::of).toList();
        // The outer type counts where it has arguments of its own: Outer<String>.Inner. Of annotated static types ecj
        // gives an outer type, too.
        if (!element.getModifiers().contains(Modifier.STATIC)
                && type.getEnclosingType() instanceof DeclaredType outer
                && of(outer) instanceof ParameterizedTypeName parameterized) {
            return parameterized.nestedClass(element.getSimpleName().toString(), arguments);
        }
        ClassName raw = ClassName.get(element);
        return arguments.isEmpty() ? raw : ParameterizedTypeName.get(raw, arguments.toArray(TypeName[]::new));
    }

    @Override
    public TypeName visitError(ErrorType type, Void unused) {
        return ClassName.OBJECT;
    }

    @Override
    public TypeName visitArray(ArrayType type, Void unused) {
        return ArrayTypeName.of(of(type.getComponentType()));
    }

    @Override
    public TypeName visitTypeVariable(TypeVariable type, Void unused) {
        return ClassName.OBJECT;
    }

    @Override
    public TypeName visitWildcard(WildcardType type, Void unused) {
        if (type.getSuperBound() != null) {
            return WildcardTypeName.supertypeOf(of(type.getSuperBound()));
        }
        return WildcardTypeName.subtypeOf(
                type.getExtendsBound() == null ? ClassName.OBJECT : of(type.getExtendsBound()));
    }

    @Override
    public TypeName visitNoType(NoType type, Void unused) {
        return TypeName.VOID;
    }

    @Override
    protected TypeName defaultAction(TypeMirror type, Void unused) {
        return ClassName.OBJECT;
    }
}
