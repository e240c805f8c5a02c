package dev.clew.graph;

import dev.clew.annotations.Append;
import dev.clew.graph.fold.Channel;
import dev.clew.messages.Message;
import dev.clew.messages.Messages;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which values nothing can change, so that all nodes may share them: numbers, texts, dates, enums, and records and sealed types
 * of these. A container is such a value only outside of records, because what is stored is read with containers that cannot be
 * changed, and a record may copy its members into others.
 */
final class Immutables {
    private static final Set<Class<?>> VALUES = Set.of(
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
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class);

    /** Those of which a codec has nothing to choose. */
    private static final Set<Class<?>> PLAIN = Set.of(
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
            UUID.class);

    /** More types than this in one another are not looked at. */
    private static final int MOST = 100;

    /** The records and sealed types that were looked at, with their type arguments: types may refer to themselves. */
    private final Set<List<Object>> seen = new HashSet<>();

    private Immutables() {}

    /** Whether the values of a component can be shared. Of a reducer that is not ours, the container alone is known. */
    static boolean isShared(Channel channel) {
        int containers = channel.reducer() == null || isOurs(channel.reducer()) ? Integer.MAX_VALUE : 1;
        return new Immutables().is(channel.type().type(), Map.of(), containers);
    }

    /** Whether values of a type that is not part of a state can be shared. */
    static boolean isShared(Type type) {
        return new Immutables().is(type, Map.of(), Integer.MAX_VALUE);
    }

    /**
     * Whether no value of a type can change, and what is stored of it is read as an equal one, whatever its class does: texts,
     * numbers and enums, and lists of these.
     */
    static boolean isPlain(Type type) {
        boolean isList = type instanceof ParameterizedType generic && generic.getRawType() == List.class;
        Type inside = isList ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
        return inside instanceof Class<?> plain && (plain.isEnum() || PLAIN.contains(plain));
    }

    private static boolean isOurs(Object reducer) {
        return reducer instanceof Messages.Merge
                || reducer.getClass().getPackage().equals(Append.class.getPackage());
    }

    /** Messages and all that they hold copy what they are given. */
    private static boolean isMessage(Class<?> type) {
        return type.getPackageName().equals(Message.class.getPackageName());
    }

    /** @param containers how deep containers may nest from here on */
    private boolean is(Type type, Map<TypeVariable<?>, Type> arguments, int containers) {
        if (type instanceof Class<?> plain) {
            return isPlain(plain, arguments);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return isGeneric(generic, raw, arguments, containers);
        }
        if (type instanceof WildcardType wildcard) {
            return is(wildcard.getUpperBounds()[0], arguments, containers);
        }
        Type argument = type instanceof TypeVariable<?> ? arguments.get(type) : null;
        return argument != null && is(argument, Map.of(), containers);
    }

    private boolean isGeneric(
            ParameterizedType generic, Class<?> raw, Map<TypeVariable<?>, Type> arguments, int containers) {
        boolean isContainer = Containers.isKept(raw) && raw.getName().startsWith("java.util.") && raw != Optional.class;
        if (isContainer || raw == Optional.class) {
            int inside = isContainer ? containers - 1 : containers;
            return inside >= 0
                    && Arrays.stream(generic.getActualTypeArguments()).allMatch(each -> is(each, arguments, inside));
        }
        Map<TypeVariable<?>, Type> own = new HashMap<>();
        for (int i = 0; i < raw.getTypeParameters().length; i++) {
            own.put(raw.getTypeParameters()[i], resolved(generic.getActualTypeArguments()[i], arguments));
        }
        return isPlain(raw, own);
    }

    private static Type resolved(Type type, Map<TypeVariable<?>, Type> arguments) {
        @Nullable Type found = type instanceof TypeVariable<?> ? arguments.get(type) : null;
        return found == null ? type : found;
    }

    private boolean isPlain(Class<?> type, Map<TypeVariable<?>, Type> arguments) {
        if (type.isPrimitive()
                || isMessage(type)
                || type.isEnum()
                || VALUES.contains(type)
                || type.getName().startsWith("java.time.")) {
            return true;
        }
        if (!type.isRecord() && !type.isSealed()) {
            return false;
        }
        if (!seen.add(List.of(type, arguments))) {
            return true;
        }
        if (seen.size() > MOST) {
            return false;
        }
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .allMatch(each -> is(each, arguments, 0))
                : Arrays.stream(type.getPermittedSubclasses()).allMatch(each -> isPlain(each, arguments));
    }
}
