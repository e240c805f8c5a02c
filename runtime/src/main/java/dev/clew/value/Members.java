package dev.clew.value;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * record Patch(Map<String, Object> values) {}
 *
 * enum PatchMembers implements Members<Patch> {
 *   ONLY;
 *
 *   public List<String> names() {
 *     return List.of("title", "pages");
 *   }
 *
 *   public Optional<TypeRef<?>> type(String name) {
 *     return switch (name) {
 *       case "title" -> Optional.of(TypeRef.of(String.class));
 *       case "pages" -> Optional.of(TypeRef.of(Integer.class));
 *       default -> Optional.empty();
 *     };
 *   }
 *
 *   public Map<String, Object> of(Patch patch) {
 *     return patch.values();
 *   }
 *
 *   public Patch from(Map<String, Object> members) {
 *     return new Patch(members);
 *   }
 * }
 *
 * TypeRef<Patch> patch = TypeRef.of(Patch.class, PatchMembers.ONLY);
 * }</pre>
 *
 * @param <T> the class of the values
 */
public interface Members<T> {
    /** The names of all members that a value may have. */
    List<String> names();

    /**
     * The type of a member, also of a stored one that the class no longer has.
     *
     * @return empty to leave a stored member out
     * @throws IllegalRequestException if a stored value must not have it; the message says why
     */
    Optional<? extends TypeRef<?>> type(String name);

    /** The members of a value, in the order in which they are written. */
    Map<String, @Nullable Object> of(T value);

    /** The value of these members; those that {@link #type} left out are not among them. */
    T from(Map<String, @Nullable Object> members);
}
