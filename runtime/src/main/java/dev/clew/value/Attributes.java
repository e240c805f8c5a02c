package dev.clew.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is attached to a run: plain data, of which contexts are made where the run executes. Immutable as far as the values in it
 * are, and thread-safe.
 *
 * <pre>{@code
 * builder.context(Tenant.class, attributes -> attributes.get("tenant", Tenant.class));
 * }</pre>
 */
public final class Attributes {
    private static final TypeRef<Object> PLAIN = TypeRef.of(Object.class);

    private final Map<String, Object> members;
    private final Codec codec;

    private Attributes(Map<String, Object> members, Codec codec) {
        this.members = members;
        this.codec = codec;
    }

    /** Attributes whose members this codec reads. */
    public static Attributes of(Map<String, ?> members, Codec codec) {
        return new Attributes(Collections.unmodifiableMap(new LinkedHashMap<>(members)), codec);
    }

    /** All of it, as plain data: text, number, boolean, list or map; cannot be changed. Empty if nothing is attached. */
    public Map<String, Object> asMap() {
        return members;
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    /**
     * A member, read as the graph's codec reads a value of this type.
     *
     * @throws CodecException if there is none, or it is no such value
     */
    public <T> T get(String name, Class<T> type) {
        return find(name, type)
                .orElseThrow(() -> new CodecException(
                        "there is no attribute '" + name + "'; the run has "
                                + (members.isEmpty() ? "none at all" : "only " + members.keySet()),
                        "$",
                        null));
    }

    /**
     * {@link #get}, or empty if there is no such member.
     *
     * @throws CodecException if it is no such value
     */
    public <T> Optional<T> find(String name, Class<T> type) {
        Object plain = members.get(name);
        if (plain == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(codec.decode(codec.encode(plain, PLAIN), TypeRef.of(type)));
        } catch (CodecException wrong) {
            throw new CodecException(
                    "the attribute '" + name + "' is no " + type.getSimpleName() + ": " + wrong.getMessage(),
                    "$",
                    wrong);
        }
    }

    @Override
    public String toString() {
        return "Attributes" + members.keySet();
    }
}
