package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Sink;
import dev.clew.json.form.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The name of an enum constant; within a sealed hierarchy an object that also carries the enum's own name. */
public final class EnumShape extends Shape {
    private static final String NAME = "name";

    private final Map<String, Object> constants = new LinkedHashMap<>();
    private final @Nullable String tag;

    public EnumShape(Class<?> type) {
        super(type);
        this.tag = Tags.of(type);
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
    }

    @Override
    public Text<?> key() {
        return new Text<Enum<?>>(Enum::name, name -> (Enum<?>) constant(name));
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        Map<String, Object> names = Schemas.with("enum", List.copyOf(constants.keySet()));
        if (schemas.isForModels()) {
            names.put("type", "string");
        }
        if (tag == null) {
            return names;
        }
        Map<String, Object> properties = schemas.tagged(tag);
        properties.put(NAME, names);
        return Schemas.object(properties, List.copyOf(properties.keySet()));
    }

    @Override
    public void writeValue(Object value, Sink sink) {
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
    public Object readValue(JsonParser in) {
        return tag != null && in.currentToken() == JsonToken.START_OBJECT ? readMembers(in) : constantAt(in);
    }

    @Override
    public Object readMembers(JsonParser in) {
        Object constant = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            if (name.equals(Tags.PROPERTY)) {
                Tags.check(tag, in);
            } else if (name.equals(NAME)) {
                constant = constantAt(in);
            } else {
                in.skipChildren();
            }
        }
        if (constant == null) {
            throw new Misfit("the name of a constant is missing");
        }
        return constant;
    }

    /** Whether a constant is written as its name alone. */
    public boolean isText() {
        return tag == null;
    }

    /** The constant of this name, or null. */
    public @Nullable Object find(String name) {
        return constants.get(name);
    }

    private Object constantAt(JsonParser in) {
        return constant(ScalarShape.string(in, "the name of a constant"));
    }

    private Object constant(String name) {
        Object constant = constants.get(name);
        if (constant == null) {
            throw new Misfit("a text that names no constant of " + type().getName());
        }
        return constant;
    }
}
