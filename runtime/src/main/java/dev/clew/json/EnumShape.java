package dev.clew.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The name of an enum constant; within a sealed hierarchy an object that also carries the enum's own name. */
final class EnumShape extends Shape implements Tagged {
    private static final String NAME = "name";

    private final Map<String, Object> constants = new LinkedHashMap<>();
    private final @Nullable String tag;

    EnumShape(Class<?> type, @Nullable String tag) {
        super(type);
        this.tag = tag;
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
    }

    Object constant(String name) {
        Object constant = constants.get(name);
        if (constant == null) {
            throw new Misfit("a text that names no constant of " + type().getName());
        }
        return constant;
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        Map<String, Object> names = Schemas.with("enum", List.copyOf(constants.keySet()));
        return tag == null ? names : Schemas.object(tag, Map.of(NAME, names));
    }

    @Override
    void writeValue(Object value, Sink sink) {
        String name = ((Enum<?>) value).name();
        if (tag == null) {
            sink.gen().writeString(name);
        } else {
            sink.checkDepth();
            sink.gen().writeStartObject();
            sink.gen().writeStringProperty(Tags.PROPERTY, tag);
            sink.gen().writeStringProperty(NAME, name);
            sink.gen().writeEndObject();
        }
    }

    @Override
    Object readValue(JsonParser in) {
        if (tag != null && in.currentToken() == JsonToken.START_OBJECT) {
            return readMembers(in);
        }
        expect(JsonToken.VALUE_STRING, in, "the name of a constant");
        return constant(in.getString());
    }

    @Override
    public Object readMembers(JsonParser in) {
        Object constant = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            if (name.equals(Tags.PROPERTY)) {
                Tags.check(tag, in);
            } else if (name.equals(NAME)) {
                expect(JsonToken.VALUE_STRING, in, "the name of a constant");
                constant = constant(in.getString());
            } else {
                in.skipChildren();
            }
        }
        if (constant == null) {
            throw new Misfit("the name of a constant is missing");
        }
        return constant;
    }
}
