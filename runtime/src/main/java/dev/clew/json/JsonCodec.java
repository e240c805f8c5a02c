package dev.clew.json;

import dev.clew.json.form.Failures;
import dev.clew.json.form.Form;
import dev.clew.json.form.Limits;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Refusals;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import dev.clew.json.jackson.JacksonFit;
import dev.clew.json.shape.EnumShape;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JacksonModule;

/**
 * Values as JSON: what goes in comes out equal, or is refused with its path when it is written.
 *
 * <p>Written and read are
 *
 * <ul>
 *   <li>text, numbers with all their digits, booleans, bytes (Base64), enums, java.time, {@code UUID}, {@code URI},
 *       {@code Locale}, {@code Currency};
 *   <li>{@code Optional} (empty is null), arrays, and the collections and maps of the JDK; sets and maps keep the order
 *       in which they were written; keys are texts, numbers, booleans, enums, ids and dates;
 *   <li>records by their components, where {@code @JsonProperty} renames one and {@code @JsonAlias} reads an old name, on the
 *       component, the accessor or the constructor's parameter;
 *   <li>sealed types: each permitted value carries the simple name of its class as {@code @type}, wherever it is
 *       written; nothing but the permits lists decides which class is read;
 *   <li>beans with a usable constructor, getters and setters, and whatever Jackson {@linkplain Builder#module modules}
 *       add;
 *   <li>{@code Object}: anything goes in, plain data comes out (text, boolean, list, map, number; whole numbers as the
 *       smallest of {@code Integer}, {@code Long}, {@code BigInteger}, decimals as {@code Double}, or as
 *       {@code BigDecimal} if a double would print differently).
 * </ul>
 *
 * <p>The forms of the types above are our own, but for beans. A value that Jackson or a module writes is read at once
 * from what was written, and compared: by {@code equals} if its class has one, else a bean by its fields and any other
 * value by the bytes that its copy is written as. If the copy differs, the value is refused. So are types that would lose a
 * member: beans with a getter or a setter only, and {@code @JsonIgnore} on a component or field. {@link #check} finds
 * those before anything runs.
 *
 * <p>What is declared as {@code Object} or {@code Number}, {@code Collection} or {@code Iterable} is open: a {@code Long}
 * may come back as an {@code Integer}, a set as a list. Other open types are refused. Transient fields are no part of a
 * value.
 *
 * <p>Types may change: unknown members are ignored and missing ones are null, zero, false or empty. Nothing is
 * converted: text is no number, a decimal no integer, null no primitive. What changed otherwise is brought to its present
 * form by a {@linkplain Builder#migrate migration}.
 *
 * <p>Refused are streams, iterators, futures, exceptions, classes, lambdas, resources, and objects of an open type that
 * would lose their class. No class is ever looked up by a name found in the data.
 *
 * <p>In modules, the package of a record must be exported or opened to {@code dev.clew.runtime}, that of a bean to
 * {@code tools.jackson.databind}.
 *
 * <p>Immutable and thread-safe; what is worked out about a type is kept for the life of the codec.
 *
 * <pre>{@code
 * Codec codec = JsonCodec.builder().module(new GuavaModule()).maxBytes(1 << 20).build();
 * byte[] bytes = codec.encode(order, TypeRef.of(Order.class));
 * Order copy = codec.decode(bytes, TypeRef.of(Order.class));
 * }</pre>
 */
public final class JsonCodec implements Codec {
    private final Limits limits;
    private final ShapeRegistry shapes;
    private final ShapeRegistry unmodifiable;
    private final Map<Described, Optional<String>> schemas = new ConcurrentHashMap<>();

    private JsonCodec(Builder builder) {
        this.limits = new Limits(builder.maxBytes, builder.maxDepth);
        this.shapes = new ShapeRegistry(List.copyOf(builder.modules), builder.migrations, limits);
        this.unmodifiable = shapes.unmodifiable();
    }

    /**
     * A codec without modules and with the default limits. Each call makes a new one: what a codec has worked out about types
     * goes with it, so that no type is kept alive for longer than the codec that needs it. Keep it where you use it often.
     */
    public static JsonCodec standard() {
        JacksonFit.require();
        return builder().build();
    }

    /** A codec of one's own. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public byte[] encode(@Nullable Object value, TypeRef<?> type) {
        byte[] scalar = value instanceof Enum<?> constant ? name(constant, type) : Scalar.encode(value, type);
        return scalar != null && scalar.length <= limits.maxBytes() ? scalar : written(value, type, Form.STORED, "$");
    }

    @Override
    public <T> @Nullable T decode(byte[] bytes, TypeRef<T> type) {
        return decoded(bytes, type, shapes);
    }

    @Override
    public <T> @Nullable T decodeUnmodifiable(byte[] bytes, TypeRef<T> type) {
        return decoded(bytes, type, unmodifiable);
    }

    @SuppressWarnings("unchecked") // a shape reads values of its own type only
    private <T> @Nullable T decoded(byte[] bytes, TypeRef<T> type, Shapes as) {
        Object scalar = bytes.length > limits.maxBytes() ? null : Scalar.decode(bytes, type.type());
        if (scalar == null && type.type() instanceof Class<?> plain && plain.isEnum()) {
            scalar = constant(bytes, plain);
        }
        return (T) (scalar != null ? scalar : read(bytes, type.type(), as, () -> "cannot decode " + type));
    }

    /** The short way to the name of a constant; null for the long one. */
    private byte @Nullable [] name(Enum<?> constant, TypeRef<?> type) {
        return type.type() == constant.getDeclaringClass()
                        && shapes.known(type.type()) instanceof EnumShape names
                        && names.isText()
                ? Scalar.quoted(constant.name())
                : null;
    }

    /** The short way from the name of a constant; null for the long one. */
    private @Nullable Object constant(byte[] bytes, Class<?> type) {
        String name = Scalar.unquoted(bytes);
        return name != null && shapes.known(type) instanceof EnumShape names ? names.find(name) : null;
    }

    @Override
    public @Nullable Object decodePlain(byte[] bytes) {
        Object scalar = bytes.length > limits.maxBytes() ? null : Scalar.plain(bytes);
        return scalar != null ? scalar : read(bytes, Object.class, shapes, () -> "cannot decode plain data");
    }

    /**
     * {@inheritDoc}
     *
     * <p>The canonical form is the JSON array of the values, with the members of objects and the keys of maps sorted,
     * and the elements of sets sorted by their own canonical bytes. A record leaves out the members that are null,
     * false, a number equal to zero, the character zero, or empty: a text, collection, map, array, {@code Optional}, or
     * a record whose own members are all left out. {@code 1.0} and {@code 1.00} differ. The digest is the first 12 bytes
     * of the SHA-256 of the form in UTF-8, and is the same on every JDK.
     */
    @Override
    public byte[] digest(@Nullable Object[] values, List<? extends TypeRef<?>> types) {
        return digest(values, types, Form.CANONICAL);
    }

    /** {@inheritDoc} So does the digest that an earlier release made, if the form of a type has changed since. */
    @Override
    public boolean matches(byte[] recorded, @Nullable Object[] values, List<? extends TypeRef<?>> types) {
        return Arrays.equals(recorded, digest(values, types))
                || Arrays.equals(recorded, digest(values, types, Form.FORMER));
    }

    private byte[] digest(@Nullable Object[] values, List<? extends TypeRef<?>> types, Form form) {
        if (values.length != types.size()) {
            throw new IllegalRequestException("there are " + values.length + " values but " + types.size() + " types");
        }
        Sha sha = Sha.begin(limits).add('[');
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                sha.add(',');
            }
            byte[] scalar = Scalar.encode(values[i], types.get(i));
            sha.add(scalar != null ? scalar : written(values[i], types.get(i), form, "$[" + i + "]"));
        }
        return sha.add(']').end();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Draft 2020-12. Records require all their members and allow no others, because exactly those are written; what
     * is read may leave some out and have others. A sealed type is one of its permitted ones, told by their {@code @type}. Types of users' modules are described
     * as far as their serializers describe themselves to Jackson.
     */
    @Override
    public Optional<String> schema(TypeRef<?> type) {
        Described described = new Described(type.type(), type.isNullable());
        Optional<String> known = schemas.get(described);
        if (known == null) {
            known = described(type.toString(), () -> Schemas.of(shapes.of(type.type()), type.isNullable()));
            schemas.put(described, known);
        }
        return known;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Objects allow no members but their own. A sealed type is any of its cases, told by {@code type}. Null is wanted only of
     * {@code Optional} and {@code @Nullable} components, which may also be left out. {@code @Describe} describes.
     */
    @Override
    public Optional<String> modelSchema(TypeRef<?> type) {
        return described(type.toString(), () -> Schemas.forModel(shapes.of(type.type()), type.isNullable()));
    }

    @Override
    public Optional<String> modelSchema(Map<String, ModelMember> members) {
        return described("the members " + members.keySet(), () -> {
            Map<String, Schemas.Member> shaped = new LinkedHashMap<>();
            members.forEach((name, member) -> shaped.put(
                    name,
                    new Schemas.Member(shapes.of(member.type().type()), member.isNullable(), member.description())));
            return Schemas.forModel(shaped);
        });
    }

    /** A type whose schema is known. */
    private record Described(Type type, boolean isNullable) {}

    private Optional<String> described(String what, Supplier<Map<String, Object>> schema) {
        try {
            return Optional.of(new String(encode(schema.get(), TypeRef.of(Object.class)), StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw Failures.translate("cannot describe " + what, "$", e);
        }
    }

    @Override
    public void check(TypeRef<?> type) {
        try {
            Schemas.of(shapes.of(type.type()), true);
        } catch (RuntimeException e) {
            throw Failures.translate("cannot encode " + type, "$", e);
        }
    }

    @Override
    public byte[] join(Map<String, byte[]> members) {
        try {
            return JsonObjects.join(members, limits, this);
        } catch (RuntimeException e) {
            throw Failures.translate("cannot encode an object", "$", e);
        }
    }

    @Override
    public Map<String, byte[]> split(byte[] object) {
        try {
            limits.checkBytes(object.length);
            return JsonObjects.split(object, this);
        } catch (RuntimeException e) {
            throw Failures.translate("cannot decode an object", "$", e);
        }
    }

    private byte[] written(@Nullable Object value, TypeRef<?> type, Form form, String root) {
        try {
            Shape shape = shapes.of(type.type());
            return Sink.bytes(shapes, form, 0, sink -> shape.write(value, sink));
        } catch (RuntimeException e) {
            throw Failures.translate("cannot encode " + type, root, e);
        }
    }

    private @Nullable Object read(byte[] bytes, Type type, Shapes as, Supplier<String> action) {
        try {
            Shape shape = as.of(type);
            limits.checkBytes(bytes.length);
            try (JsonParser in = shapes.parser(bytes)) {
                if (in.nextToken() == null) {
                    throw new Misfit("nothing is stored");
                }
                Object value = shape.read(in);
                if (in.nextToken() != null) {
                    throw new Misfit("more than one value is stored");
                }
                return value;
            }
        } catch (RuntimeException e) {
            throw Failures.translate(action.get(), "$", e);
        }
    }

    /**
     * Options of a {@link JsonCodec}. Not thread-safe.
     *
     * <pre>{@code
     * JsonCodec codec = JsonCodec.builder().module(new JavaxMoneyModule()).maxDepth(100).build();
     * }</pre>
     */
    public static final class Builder {
        private final List<JacksonModule> modules = new ArrayList<>();
        private final Map<Class<?>, UnaryOperator<Map<String, @Nullable Object>>> migrations = new HashMap<>();
        private int maxBytes = Limits.DEFAULT.maxBytes();
        private int maxDepth = Limits.DEFAULT.maxDepth();

        private Builder() {}

        /** Adds a Jackson module, for third-party types; the types that JSON has a fixed form for stay as they are. */
        public Builder module(JacksonModule module) {
            modules.add(Objects.requireNonNull(module, "module"));
            return this;
        }

        /**
         * Brings stored objects of a type to its present form: the migration is given the members of every stored object
         * that is about to be read as this type, wherever it lies, as plain data (text, numbers, booleans, lists, maps),
         * and gives those to read in their place. It may change and return the map it is given. Old and new objects come
         * to it alike, so it looks at what is there. The members of a sealed type include its discriminator {@code
         * @type}.
         *
         * <pre>{@code
         * JsonCodec.builder().migrate(Address.class, stored -> {
         *   if (stored.remove("place") instanceof String place) {
         *     stored.put("zip", place.substring(0, 5));
         *     stored.put("city", place.substring(6));
         *   }
         *   return stored;
         * })
         * }</pre>
         *
         * <p>Nothing that is stored is changed. What it throws, and what does not fit the type afterwards, is a {@link
         * dev.clew.value.CodecException} with the path. Replay compares arguments by digests of what was recorded, which
         * no migration sees: while runs are parked, keep the names of arguments' members, by {@code @JsonProperty}.
         *
         * @param type a record, a sealed type or a bean
         * @throws IllegalRequestException if values of the type are no objects, or it has a migration already
         */
        public Builder migrate(Class<?> type, UnaryOperator<Map<String, @Nullable Object>> migration) {
            boolean plain = type.isEnum() || type.isArray() || type.isPrimitive() || Refusals.isPlatform(type);
            if (plain) {
                throw new IllegalRequestException("values of " + type.getName()
                        + " are stored as no objects, so there are no members to migrate; migrate what holds them");
            }
            if (migrations.putIfAbsent(type, Objects.requireNonNull(migration, "migration")) != null) {
                throw new IllegalRequestException("there are two migrations of " + type.getName());
            }
            return this;
        }

        /** How many bytes one value may have, written or read; 64 MiB if not set. */
        public Builder maxBytes(int bytes) {
            maxBytes = positive("maxBytes", bytes);
            return this;
        }

        /** How deep lists, maps and objects may nest, written or read; 500 if not set. */
        public Builder maxDepth(int levels) {
            maxDepth = positive("maxDepth", levels);
            return this;
        }

        /** The codec. */
        public JsonCodec build() {
            JacksonFit.require();
            return new JsonCodec(this);
        }

        private static int positive(String option, int value) {
            if (value <= 0) {
                throw new IllegalRequestException("'" + option + "' must be positive, but is " + value);
            }
            return value;
        }
    }
}
