package dev.clew.engine.format;

import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores values of types with {@link Members} by what another codec makes of each member; all others as that one does. */
public final class MembersCodec implements Codec {
    private static final TypeRef<String> NAME = TypeRef.of(String.class);

    private final Codec inner;

    private MembersCodec(Codec inner) {
        this.inner = inner;
    }

    /** The codec of a graph whose user gave this one. */
    public static Codec over(Codec codec) {
        return codec instanceof MembersCodec ? codec : new MembersCodec(codec);
    }

    @Override
    public byte[] encode(@Nullable Object value, TypeRef<?> type) {
        Members<?> members = type.members().orElse(null);
        return members == null || value == null ? inner.encode(value, type) : encoded(value, members);
    }

    private <T> byte[] encoded(Object value, Members<T> members) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        taken(value, members)
                .forEach((name, member) -> parts.put(name, at(name, () -> encode(member, required(members, name)))));
        return inner.join(parts);
    }

    @SuppressWarnings("unchecked") // the type of a value is that of its members
    private static <T> Map<String, @Nullable Object> taken(Object value, Members<T> members) {
        return members.of((T) value);
    }

    private static TypeRef<?> required(Members<?> members, String name) {
        return members.type(name).orElseThrow(() -> new IllegalRequestException("there is no member '" + name + "'"));
    }

    @Override
    public <T> @Nullable T decode(byte[] bytes, TypeRef<T> type) {
        Members<T> members = type.members().orElse(null);
        return members == null || isNull(bytes) ? inner.decode(bytes, type) : decoded(bytes, members);
    }

    private <T> T decoded(byte[] bytes, Members<T> members) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        inner.split(bytes)
                .forEach((name, part) -> at(name, () -> {
                    members.type(name).ifPresent(type -> values.put(name, decode(part, type)));
                    return name;
                }));
        return at(null, () -> members.from(values));
    }

    private boolean isNull(byte[] bytes) {
        return Arrays.equals(bytes, inner.encode(null, NAME));
    }

    /** What cannot be read or written names the member. */
    private static <R> R at(@Nullable String name, Supplier<R> work) {
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
        Taken taken = taken(values, types);
        return inner.digest(taken.values.toArray(), taken.types);
    }

    @Override
    public boolean matches(byte[] recorded, @Nullable Object[] values, List<? extends TypeRef<?>> types) {
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
            new TreeMap<>(MembersCodec.taken(value, members)).forEach((name, member) -> {
                add(name, NAME);
                add(member, required(members, name));
            });
        }
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
        for (String name : members.names()) {
            at(name, () -> {
                check(required(members, name));
                return name;
            });
        }
    }

    @Override
    public Optional<String> schema(TypeRef<?> type) {
        Members<?> members = type.members().orElse(null);
        if (members == null) {
            return inner.schema(type);
        }
        MembersSchema schema = new MembersSchema(inner);
        for (String name : members.names()) {
            Optional<String> member = at(name, () -> schema(required(members, name)));
            if (member.isEmpty()) {
                return Optional.empty();
            }
            schema.add(name, member.get());
        }
        return Optional.of(schema.text());
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
