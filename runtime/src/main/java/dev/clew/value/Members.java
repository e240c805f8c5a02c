package dev.clew.value;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes values of a class apart into named members and makes them again: the stored form of a class that no codec knows,
 * such as a generated update of a state. Each member is encoded by itself, so every {@link Codec} can store such a value.
 *
 * <p>A value has only the members that it names, so an absent member and one that is null differ.
 *
 * <p>Implementations are immutable and thread-safe. Two that are equal describe the same members.
 *
 * <pre>{@code
 * enum PatchMembers implements Members<Patch> {
 *   ONLY;
 *
 *   public Map<String, TypeRef<?>> types() {
 *     return Map.of("title", TypeRef.of(String.class), "pages", TypeRef.of(Integer.class));
 *   }
 *
 *   public List<Member> of(Patch patch) {
 *     return List.of(new Member("title", TypeRef.of(String.class), patch.title()));
 *   }
 *
 *   public Patch from(Stored stored) {
 *     return new Patch(stored.get("title", TypeRef.of(String.class)));
 *   }
 * }
 *
 * TypeRef<Patch> patch = TypeRef.of(Patch.class, PatchMembers.ONLY);
 * }</pre>
 *
 * @param <T> the class of the values
 */
public interface Members<T> {
    /** The members that a value may have, each with its type: for checks and schemas. Values may have others. */
    Map<String, TypeRef<?>> types();

    /**
     * The members that only what is stored has: a server refuses a value of a client that has one of them. They give a value a
     * right that no client has, for example.
     */
    default Set<String> internal() {
        return Set.of();
    }

    /** The members of a value, in the order in which they are written. */
    List<Member> of(T value);

    /**
     * The value of stored members.
     *
     * @throws IllegalRequestException if they are no such value; the message says why
     */
    T from(Stored stored);

    /**
     * Whether nothing can change this value, and what is stored of it is read as an equal one. Such a value is not copied:
     * all readers share it.
     */
    default boolean isShared(T value) {
        return false;
    }

    /**
     * A member of a value.
     *
     * <pre>{@code
     * new Members.Member("title", TypeRef.of(String.class), "Rain")
     * }</pre>
     *
     * @param name its name
     * @param type the type as which it is written
     * @param value its value
     */
    record Member(String name, TypeRef<?> type, @Nullable Object value) {}

    /**
     * Members as they are stored; only those that are asked for are decoded.
     *
     * <pre>{@code
     * String title = stored.get("title", TypeRef.of(String.class));
     * }</pre>
     */
    interface Stored {
        /** The names of the members that are there, in their order. */
        Set<String> names();

        /**
         * A member.
         *
         * @throws CodecException if it is no value of this type; the path names the member
         * @throws IllegalRequestException if there is none of this name
         */
        <V> @Nullable V get(String name, TypeRef<V> type);
    }
}
