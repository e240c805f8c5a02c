package dev.clew.value;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes and back: the serialization port.
 *
 * <p>Two layers, so that a value is encoded once and can be copied many times in memory before it is stored:
 *
 * <ul>
 *   <li>{@link #encode}, {@link #decode}, {@link #decodePlain} and {@link #digest} work on clear bytes;
 *   <li>{@link #protect} and {@link #reveal} stand between clear bytes and a store. They do nothing unless the codec
 *       encrypts.
 * </ul>
 *
 * <p>Implementation notes. Implementations are immutable and thread-safe, never retain an argument, and never choose a
 * class by a name found in the bytes: what is decoded is decided by the type that the compiler saw. What cannot be
 * written or read is a {@link CodecException} that names the JSON path; nothing is ever read as a wrong type silently.
 *
 * <pre>{@code
 * byte[] bytes = codec.encode(draft, TypeRef.of(Draft.class));
 * Draft copy = codec.decode(bytes, TypeRef.of(Draft.class));
 * }</pre>
 */
public interface Codec {
    /**
     * The bytes of a value.
     *
     * @throws CodecException if the value, or a member of it, has no stored form
     */
    byte[] encode(@Nullable Object value, TypeRef<?> type);

    /**
     * The value of these bytes, as the given type; {@code null} where null was encoded.
     *
     * @throws CodecException if the bytes are not a value of that type
     */
    <T> @Nullable T decode(byte[] bytes, TypeRef<T> type);

    /**
     * {@link #decode}, whose lists, sets and maps cannot be changed, at every depth, where their declared type has an
     * unmodifiable view. Objects that are changed by methods of their own, such as beans, stay as they are. A codec that makes
     * no such containers need not implement this.
     */
    default <T> @Nullable T decodeUnmodifiable(byte[] bytes, TypeRef<T> type) {
        return decode(bytes, type);
    }

    /** The value as plain data: text, number, boolean, list, map or null. */
    @Nullable
    Object decodePlain(byte[] bytes);

    /**
     * A short digest of a value list's <em>canonical</em> form, by which replay tells whether a step is called with what
     * it was recorded with. Keys and sets are sorted, and members of records that are null, false, 0 or empty are left
     * out, so a new defaulted field does not change the digest; arguments, list elements and map entries are never left
     * out.
     *
     * @throws CodecException if a value has no stored form; the path starts with the argument's index, {@code $[0]}
     */
    byte[] digest(@Nullable Object[] values, List<? extends TypeRef<?>> types);

    /** Whether a digest recorded earlier, perhaps under an older key, belongs to these values. */
    default boolean matches(byte[] recorded, @Nullable Object[] values, List<? extends TypeRef<?>> types) {
        return Arrays.equals(recorded, digest(values, types));
    }

    /**
     * Requires that values of a type can be stored and read back, as far as the type alone tells. A graph asks this when
     * it is built. Does nothing if the codec cannot tell.
     *
     * @throws CodecException if no value of the type, or of a member's type, can be stored; it names the member's path
     */
    default void check(TypeRef<?> type) {}

    /**
     * What {@link #encode} writes for values of a type, as the text of a JSON Schema: for forms, and to check answers. It
     * has null only if the type {@linkplain TypeRef#isNullable says so}. Empty if the codec does not write JSON, or cannot
     * tell.
     *
     * @throws CodecException if values of the type have no stored form
     */
    default Optional<String> schema(TypeRef<?> type) {
        return Optional.empty();
    }

    /**
     * What a language model must write for a value of a type, as the text of a JSON Schema: narrower than {@link #schema},
     * without what providers of models refuse. A discriminator is named {@code type} in it; what is decoded has it as the codec
     * writes it. Empty if the codec does not write JSON, or cannot tell.
     *
     * @throws CodecException if values of the type have no stored form, or cannot be told apart by a member {@code type}
     */
    default Optional<String> modelSchema(TypeRef<?> type) {
        return Optional.empty();
    }

    /** {@link #modelSchema(TypeRef)} for an object with these members, such as the arguments of a tool. */
    default Optional<String> modelSchema(Map<String, ModelMember> members) {
        return Optional.empty();
    }

    /**
     * The bytes of an object whose members this codec has encoded; {@link #split} gives them back. A codec whose format has
     * objects writes one, so that {@link #decodePlain} gives a map. Any other need not implement this.
     */
    default byte[] join(Map<String, byte[]> members) {
        return MemberFrames.write(members);
    }

    /**
     * The encoded members of what {@link #join} gave, in the same order.
     *
     * @throws CodecException if the bytes are no object
     */
    default Map<String, byte[]> split(byte[] object) {
        return MemberFrames.read(object);
    }

    /**
     * What may be stored in place of these clear bytes. The place is authenticated with the bytes where the codec
     * encrypts, so a stored value that was moved elsewhere is not revealed.
     */
    default byte[] protect(byte[] clear, Place place) {
        return clear;
    }

    /**
     * The clear bytes of what {@link #protect} gave for the same place.
     *
     * @throws CodecException if the bytes were changed, moved, or written under a key that is not known
     */
    default byte[] reveal(byte[] stored, Place place) {
        return stored;
    }

    /**
     * What stands in a store for a text that is only looked for by equality: the text itself, unless the codec encrypts.
     * The first is what is written from now on; the others are what earlier writes may have left, one for each key that
     * is still known, in the same order for every text.
     *
     * @param kind what the text is, so that equal texts of two kinds do not look equal
     */
    default List<String> tokens(String kind, String text) {
        return List.of(text);
    }

    /**
     * Where a protected value is stored.
     *
     * @param kind what it is, such as {@code step} or {@code question}
     * @param id the id of the record that holds it
     */
    record Place(String kind, String id) {}

    /**
     * A member of an object that a language model writes.
     *
     * @param type its type
     * @param isNullable whether null is a value, and the model may leave it out
     * @param description what the model is told of it, or empty
     */
    record ModelMember(TypeRef<?> type, boolean isNullable, String description) {}
}
