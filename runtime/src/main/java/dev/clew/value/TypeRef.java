package dev.clew.value;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Captures a type with its type arguments, so that a stored value can be decoded as exactly what the code says.
 *
 * <p>Immutable and thread-safe. Two references are equal when they capture the same type.
 *
 * <pre>{@code
 * TypeRef<List<Draft>> drafts = new TypeRef<List<Draft>>() {};
 * TypeRef<Draft> draft = TypeRef.of(Draft.class);
 * }</pre>
 *
 * @param <T> the captured type; after erasure of primitives, so {@code TypeRef<Integer>} stands for {@code int} too
 */
public abstract class TypeRef<T extends @Nullable Object> {
    private final Type type;
    private final boolean nullable;

    /** Captures the type argument of an anonymous subclass. */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType captured)) {
            throw new IllegalRequestException("TypeRef needs its type argument: write new TypeRef<List<Draft>>() {}");
        }
        this.type = captured.getActualTypeArguments()[0];
        this.nullable = hasNullable(getClass());
    }

    private TypeRef(Type type) {
        this.type = type;
        this.nullable = false;
    }

    private static boolean hasNullable(Class<?> anonymous) {
        if (anonymous.getAnnotatedSuperclass() instanceof AnnotatedParameterizedType captured) {
            for (Annotation annotation : captured.getAnnotatedActualTypeArguments()[0].getAnnotations()) {
                if (annotation.annotationType().getSimpleName().equals("Nullable")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The reference of a class without type arguments. */
    public static <T> TypeRef<T> of(Class<T> type) {
        return new Plain<>(type);
    }

    /**
     * The reference of a class whose values are stored as their members. It equals another one only if both describe the
     * same members.
     */
    public static <T> TypeRef<T> of(Class<T> type, Members<T> members) {
        return new WithMembers<>(type, members);
    }

    /** The reference of a list of such values. */
    public static <E> TypeRef<List<E>> listOf(TypeRef<E> element) {
        return new OfList<>(element);
    }

    /** How values are taken apart, where the type was given with its {@link Members}; else empty. */
    public Optional<Members<T>> members() {
        return Optional.empty();
    }

    /** The captured type, for codecs. */
    public final Type type() {
        return type;
    }

    /** The captured type without its arguments: {@code List.class} for {@code List<Draft>}. */
    public final Class<?> rawType() {
        Type raw = type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
        return raw instanceof Class<?> c ? c : Object.class;
    }

    /**
     * Whether the captured type says that null is one of its values: {@code new TypeRef<@Nullable Draft>() {}}, with any
     * annotation named {@code Nullable} that is kept at run time, such as JSpecify's. No type captured by {@link #of}
     * says so. It is not part of {@link #equals}.
     */
    public final boolean isNullable() {
        return nullable;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof TypeRef<?> that
                && type.equals(that.type)
                && members().equals(that.members());
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }

    private static final class Plain<T> extends TypeRef<T> {
        Plain(Class<T> type) {
            super(type);
        }
    }

    private static final class OfList<E> extends TypeRef<List<E>> {
        OfList(TypeRef<E> element) {
            super(new ListType(element.type()));
        }
    }

    /** Equal to what the compiler makes of {@code List<E>}. */
    private record ListType(Type element) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {element};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ParameterizedType that
                    && that.getRawType().equals(List.class)
                    && Arrays.equals(that.getActualTypeArguments(), getActualTypeArguments());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(getActualTypeArguments()) ^ List.class.hashCode();
        }

        @Override
        public String getTypeName() {
            return "java.util.List<" + element.getTypeName() + ">";
        }
    }

    private static final class WithMembers<T> extends TypeRef<T> {
        private final Members<T> members;

        WithMembers(Class<T> type, Members<T> members) {
            super(type);
            this.members = members;
        }

        @Override
        public Optional<Members<T>> members() {
            return Optional.of(members);
        }
    }
}
