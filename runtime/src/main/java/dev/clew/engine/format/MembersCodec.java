package dev.clew.engine.format;

import dev.clew.engine.schema.ParsedSchemas;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores values of types with {@link Members} by what another codec makes of each member; all others as that one does. */
public final class MembersCodec implements Codec, ParsedSchemas.Keeper {
    private static final TypeRef<String> NAME = TypeRef.of(String.class);

    private final Codec inner;
    private final ParsedSchemas schemas = new ParsedSchemas();

    private MembersCodec(Codec inner) {
        this.inner = inner;
    }

    /** The codec of a graph whose user gave this one. */
    public static Codec over(Codec codec) {
        return codec instanceof MembersCodec ? codec : new MembersCodec(codec);
    }

    /** Whether what a codec stores may be other bytes than the clear ones; if not, nothing needs to say where they are stored. */
    public static boolean protects(Codec codec) {
        return !(codec instanceof MembersCodec members && members.inner instanceof JsonCodec);
    }

    @Override
    public ParsedSchemas schemas() {
        return schemas;
    }

    @Override
    public byte[] encode(@Nullable Object value, TypeRef<?> type) {
        Members<?> members = type.members().orElse(null);
        return members == null || value == null ? inner.encode(value, type) : encoded(value, members);
    }

    private byte[] encoded(Object value, Members<?> members) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (Members.Member member : taken(value, members)) {
            parts.put(member.name(), at(member.name(), () -> encode(member.value(), member.type())));
        }
        return inner.join(parts);
    }

    @SuppressWarnings("unchecked") // the type of a value is that of its members
    private static <T> List<Members.Member> taken(Object value, Members<T> members) {
        return members.of((T) value);
    }

    @Override
    public <T> @Nullable T decode(byte[] bytes, TypeRef<T> type) {
        Members<T> members = type.members().orElse(null);
        return members == null || isNull(bytes)
                ? inner.decode(bytes, type)
                : at(null, () -> members.from(new Parts(inner.split(bytes))));
    }

    @Override
    public <T> @Nullable T decodeUnmodifiable(byte[] bytes, TypeRef<T> type) {
        return type.members().isEmpty() ? inner.decodeUnmodifiable(bytes, type) : decode(bytes, type);
    }

    /** Decodes what is asked for: once, for all who read the value, so nobody may change it. */
    private final class Parts implements Members.Stored {
        private final Map<String, byte[]> parts;

        Parts(Map<String, byte[]> parts) {
            this.parts = parts;
        }

        @Override
        public Set<String> names() {
            return Collections.unmodifiableSet(parts.keySet());
        }

        @Override
        public <V> @Nullable V get(String name, TypeRef<V> type) {
            byte[] part = parts.get(name);
            if (part == null) {
                throw new IllegalRequestException("there is no member '" + name + "'");
            }
            return at(name, () -> decodeUnmodifiable(part, type));
        }
    }

    private boolean isNull(byte[] bytes) {
        return Arrays.equals(bytes, inner.encode(null, NAME));
    }

    /** What cannot be read or written names the member. */
    private static <R extends @Nullable Object> R at(@Nullable String name, Supplier<R> work) {
        try {
            return work.get();
        } catch (CodecException e) {
            String outer = name == null ? e.path() : "$." + name + e.path().substring(1);
            String message = String.valueOf(e.getMessage());
            String place = " at " + e.path();
            throw new CodecException(
                    message.endsWith(place) ? message.substring(0, message.length() - place.length()) : message,
                    outer,
                    e.getCause());
        } catch (IllegalRequestException refused) {
            throw new CodecException(String.valueOf(refused.getMessage()), name == null ? "$" : "$." + name, refused);
        }
    }

    @Override
    public @Nullable Object decodePlain(byte[] bytes) {
        return inner.decodePlain(bytes);
    }

    @Override
    public byte[] digest(@Nullable Object[] values, List<? extends TypeRef<?>> types) {
        if (!hasMembers(types)) {
            return inner.digest(values, types);
        }
        Taken taken = taken(values, types);
        return inner.digest(taken.values.toArray(), taken.types);
    }

    @Override
    public boolean matches(byte[] recorded, @Nullable Object[] values, List<? extends TypeRef<?>> types) {
        if (!hasMembers(types)) {
            return inner.matches(recorded, values, types);
        }
        Taken taken = taken(values, types);
        return inner.matches(recorded, taken.values.toArray(), taken.types);
    }

    /** Values without {@link Members}, in place of those with. */
    private static final class Taken {
        private final List<@Nullable Object> values = new ArrayList<>();
        private final List<TypeRef<?>> types = new ArrayList<>();

        /** Members in the order of their names, each after its name. */
        private void add(@Nullable Object value, TypeRef<?> type) {
            Members<?> members = type.members().orElse(null);
            if (members == null || value == null) {
                values.add(value);
                types.add(type);
                return;
            }
            MembersCodec.taken(value, members).stream()
                    .sorted(Comparator.comparing(Members.Member::name))
                    .forEach(member -> {
                        add(member.name(), NAME);
                        add(member.value(), member.type());
                    });
        }
    }

    private static boolean hasMembers(List<? extends TypeRef<?>> types) {
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).members().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Taken taken(@Nullable Object[] values, List<? extends TypeRef<?>> types) {
        Taken taken = new Taken();
        for (int i = 0; i < values.length; i++) {
            taken.add(values[i], types.get(i));
        }
        return taken;
    }

    @Override
    public void check(TypeRef<?> type) {
        Members<?> members = type.members().orElse(null);
        if (members == null) {
            inner.check(type);
            return;
        }
        members.types()
                .forEach((name, member) -> at(name, () -> {
                    check(member);
                    return name;
                }));
    }

    @Override
    public Optional<String> schema(TypeRef<?> type) {
        Members<?> members = type.members().orElse(null);
        if (members == null) {
            return inner.schema(type);
        }
        MembersSchema schema = new MembersSchema(inner);
        for (Map.Entry<String, TypeRef<?>> member : members.types().entrySet()) {
            Optional<String> described = at(member.getKey(), () -> schema(member.getValue()));
            if (described.isEmpty()) {
                return Optional.empty();
            }
            schema.add(member.getKey(), described.get());
        }
        return Optional.of(schema.text());
    }

    @Override
    public Optional<String> modelSchema(TypeRef<?> type) {
        return inner.modelSchema(type);
    }

    @Override
    public Optional<String> modelSchema(Map<String, ModelMember> members) {
        return inner.modelSchema(members);
    }

    @Override
    public byte[] protect(byte[] clear, Place place) {
        return inner.protect(clear, place);
    }

    @Override
    public byte[] reveal(byte[] stored, Place place) {
        return inner.reveal(stored, place);
    }

    @Override
    public byte[] join(Map<String, byte[]> members) {
        return inner.join(members);
    }

    @Override
    public Map<String, byte[]> split(byte[] object) {
        return inner.split(object);
    }

    @Override
    public List<String> tokens(String kind, String text) {
        return inner.tokens(kind, text);
    }
}
