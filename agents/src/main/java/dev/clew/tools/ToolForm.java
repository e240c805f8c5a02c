package dev.clew.tools;

import dev.clew.messages.PlainData;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The form of a tool's arguments: what the model is told of it, and what the code gets. */
sealed interface ToolForm {
    /** Its schema, of an object. */
    Map<String, @Nullable Object> schema(String tool, Codec codec);

    /** What the code gets: one value, or a list of parameters. The arguments were checked. */
    @Nullable
    Object read(Map<String, @Nullable Object> arguments, Codec codec);

    /** How cases of sealed types are told in what {@link #read} gets. */
    default ArgumentCheck.Cases stored() {
        return ArgumentCheck.Cases.STORED;
    }

    /** How they are told in what the model writes. */
    default ArgumentCheck.Cases written() {
        return ArgumentCheck.Cases.WRITTEN;
    }

    /** One value: of a record, for example. */
    record Typed(TypeRef<?> type) implements ToolForm {
        @Override
        public Map<String, @Nullable Object> schema(String tool, Codec codec) {
            Map<String, @Nullable Object> schema = parsed(tool, codec.modelSchema(type), codec);
            if (!"object".equals(schema.get("type"))) {
                throw new IllegalRequestException("the arguments of the tool '" + tool + "' are " + type
                        + ", which is not an object in JSON; take a record");
            }
            return schema;
        }

        @Override
        public @Nullable Object read(Map<String, @Nullable Object> arguments, Codec codec) {
            return codec.decode(codec.encode(arguments, TypeRef.of(Object.class)), type);
        }
    }

    /** Plain data by a schema that was given. */
    record Plain(Map<String, @Nullable Object> given) implements ToolForm {
        /** The members of {@code Map.of} have another order in each process. */
        private static final Class<?> UNORDERED = Map.of("a", 1, "b", 2).getClass();

        /**
         * Copies a schema. What has no order is sorted, because a request that differs from process to process is found in no
         * provider's cache and no recording.
         */
        @SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
        static Plain of(Map<String, ? extends @Nullable Object> schema) {
            return new Plain(PlainData.copyOf(members(schema)));
        }

        private static Map<String, @Nullable Object> members(Map<?, ?> schema) {
            Map<String, @Nullable Object> members =
                    schema.getClass() == UNORDERED ? new TreeMap<>() : new LinkedHashMap<>();
            schema.forEach((name, value) -> members.put(String.valueOf(name), ordered(value)));
            return members;
        }

        private static @Nullable Object ordered(@Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                return members(map);
            }
            return value instanceof List<?> list
                    ? new ArrayList<@Nullable Object>(
                            list.stream().map(Plain::ordered).toList())
                    : value;
        }

        @Override
        public Map<String, @Nullable Object> schema(String tool, Codec codec) {
            return given;
        }

        @Override
        public ArgumentCheck.Cases stored() {
            return ArgumentCheck.Cases.NONE;
        }

        @Override
        public ArgumentCheck.Cases written() {
            return ArgumentCheck.Cases.NONE;
        }

        @Override
        public Object read(Map<String, @Nullable Object> arguments, Codec codec) {
            return arguments;
        }
    }

    /** The parameters of a method. */
    record Parameters(List<Parameter> all) implements ToolForm {
        public Parameters {
            all = List.copyOf(all);
        }

        @Override
        public Map<String, @Nullable Object> schema(String tool, Codec codec) {
            Map<String, Codec.ModelMember> members = new LinkedHashMap<>();
            all.forEach(each -> members.put(
                    each.name(), new Codec.ModelMember(each.type(), each.isNullable(), each.description())));
            return parsed(tool, codec.modelSchema(members), codec);
        }

        @Override
        public List<@Nullable Object> read(Map<String, @Nullable Object> arguments, Codec codec) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Parameter each : all) {
                values.add(
                        each.type().rawType() == Optional.class && arguments.get(each.name()) == null
                                ? Optional.empty()
                                : codec.decode(
                                        codec.encode(arguments.get(each.name()), TypeRef.of(Object.class)),
                                        each.type()));
            }
            return values;
        }
    }

    /** One parameter of a method. */
    record Parameter(String name, TypeRef<?> type, String description, boolean isNullable) {}

    private static Map<String, @Nullable Object> parsed(String tool, Optional<String> schema, Codec codec) {
        String text = schema.orElseThrow(() -> new IllegalRequestException(
                "the codec cannot describe the arguments of the tool '" + tool + "'; give a JsonCodec"));
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (codec.decodePlain(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> members.put(String.valueOf(name), value));
        }
        return members;
    }
}
