package dev.clew.engine.format;

import dev.clew.engine.log.LogEntry;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepKind;
import dev.clew.task.Failure;
import dev.clew.value.Codec;
import dev.clew.value.Members;
import dev.clew.value.TypeRef;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a step sees the same live and on replay: arguments and results are copied through the codec, except for
 * immutable ones, whose copies would be equal. Without a checkpointer nothing is encoded.
 */
public final class Values {
    private static final Set<Class<?>> UNCOPIED = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            UUID.class,
            Instant.class,
            Duration.class,
            Period.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            ZonedDateTime.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            DayOfWeek.class,
            Void.class);

    private final Codec codec;
    private final boolean encoding;
    private final boolean stackTraces;

    /** The digest of no arguments, once a step has asked for it. */
    private volatile byte @Nullable [] noArguments;

    public Values(Codec codec, boolean encoding, boolean stackTraces) {
        this.stackTraces = stackTraces;
        this.codec = codec;
        this.encoding = encoding;
    }

    public Codec codec() {
        return codec;
    }

    public boolean encoding() {
        return encoding;
    }

    /** A step's arguments, from which every attempt takes its own copies, and what replay compares. */
    public final class Arguments {
        private final List<TypeRef<?>> types;
        private final @Nullable Object[] held;
        private final byte[] digest;

        private Arguments(List<TypeRef<?>> types, @Nullable Object[] held, byte[] digest) {
            this.types = types;
            this.held = held;
            this.digest = digest;
        }

        public byte[] digest() {
            return digest;
        }

        /** An argument's clear bytes. */
        public byte[] encoded(int index) {
            Object value = held[index];
            return value instanceof Encoded encoded ? encoded.bytes : codec.encode(value, types.get(index));
        }

        public boolean sameAs(Arguments others) {
            return Arrays.equals(digest, others.digest);
        }

        @Nullable
        public Object copy(int index) {
            Object value = held[index];
            return value instanceof Encoded encoded ? codec.decode(encoded.bytes, types.get(index)) : value;
        }
    }

    private record Encoded(byte[] bytes) {}

    /**
     * Encodes the arguments of a call.
     *
     * @throws dev.clew.value.CodecException if an argument has no stored form
     */
    public Arguments arguments(TaskSpec<?> spec, @Nullable Object[] arguments) {
        List<TypeRef<?>> types = spec.parameterTypes();
        if (!encoding) {
            return new Arguments(types, arguments, LogEntry.Call.of(0).digest());
        }
        // A node's arguments are only a key for the cache: the plan says what it is called with.
        boolean isCompared = spec.kind() != StepKind.NODE && arguments.length > 0;
        byte[] digest = isCompared ? codec.digest(arguments, types) : digestOfNothing();
        @Nullable Object[] held = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            Object value = arguments[i];
            held[i] = uncopied(value, types.get(i)) ? value : new Encoded(codec.encode(value, types.get(i)));
        }
        return new Arguments(types, held, digest);
    }

    private byte[] digestOfNothing() {
        byte[] known = noArguments;
        if (known == null) {
            known = codec.digest(new Object[0], List.of());
            noArguments = known;
        }
        return known;
    }

    /** Arguments that are neither copied nor compared. */
    public Arguments unstored(List<TypeRef<?>> types, @Nullable Object... live) {
        return new Arguments(types, live, LogEntry.Call.of(0).digest());
    }

    /** Arguments whose clear bytes were stored; they are never compared. */
    public Arguments stored(List<TypeRef<?>> types, List<byte[]> clear) {
        @Nullable Object[] held = new Object[clear.size()];
        for (int i = 0; i < held.length; i++) {
            held[i] = new Encoded(clear.get(i));
        }
        return new Arguments(types, held, LogEntry.Call.of(0).digest());
    }

    /** Whether a recorded digest belongs to these arguments. */
    public boolean matches(byte[] recorded, Arguments arguments, TaskSpec<?> spec, @Nullable Object[] values) {
        return Arrays.equals(recorded, arguments.digest) || codec.matches(recorded, values, spec.parameterTypes());
    }

    private static boolean uncopied(@Nullable Object value, TypeRef<?> type) {
        if (value == null) {
            return true;
        }
        Class<?> declared = type.rawType();
        return declared == value.getClass() && UNCOPIED.contains(declared)
                || value instanceof Enum && declared.isEnum()
                || type.members().isPresent() && isShared(type.members().orElseThrow(), value);
    }

    @SuppressWarnings("unchecked") // the type of a value is that of its members
    private static <T> boolean isShared(Members<T> members, Object value) {
        return members.isShared((T) value);
    }

    /** What another reader gets of a value: a copy, unless none is needed. */
    @Nullable
    public Object copy(@Nullable Object value, TypeRef<?> type) {
        return !encoding || uncopied(value, type) ? value : codec.decodeUnmodifiable(codec.encode(value, type), type);
    }

    /** Whether two values are equal, or are stored as the same: not every class has an {@code equals}. */
    public boolean isSame(@Nullable Object one, @Nullable Object other, TypeRef<?> type) {
        return Objects.deepEquals(one, other)
                || encoding && Arrays.equals(codec.encode(one, type), codec.encode(other, type));
    }

    /** The clear bytes of a result; empty where nothing is encoded. */
    public byte[] encode(@Nullable Object value, TypeRef<?> type) {
        return encoding ? codec.encode(value, type) : NOTHING;
    }

    /** What the joiner of a step, or the maker of a note, gets of a value whose clear bytes are these. */
    @Nullable
    public Object joined(@Nullable Object value, byte[] bytes, TypeRef<?> type) {
        return !encoding || uncopied(value, type) ? value : codec.decode(bytes, type);
    }

    /** The recorded form of what was thrown, with its stack trace unless the graph records none. */
    public Failure failure(Throwable thrown, String path, int attempts) {
        Failure failure = Failure.of(thrown, path, attempts);
        return stackTraces ? failure : failure.withoutStackTrace();
    }

    public byte[] encode(Failure failure) {
        return encoding ? FailureFormat.write(failure) : NOTHING;
    }

    private static final byte[] NOTHING = {};
}
