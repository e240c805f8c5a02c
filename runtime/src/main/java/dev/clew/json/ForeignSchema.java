package dev.clew.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNullFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;

/** What Jackson says of the types that it handles for us; properties of beans are our own again. */
final class ForeignSchema extends JsonFormatVisitorWrapper.Base {
    private final Shapes shapes;
    private final Schemas schemas;
    private final @Nullable String tag;
    private Map<String, Object> found = new LinkedHashMap<>();

    ForeignSchema(Shapes shapes, Schemas schemas, @Nullable String tag) {
        this.shapes = shapes;
        this.schemas = schemas;
        this.tag = tag;
    }

    Map<String, Object> found() {
        return found;
    }

    @Override
    public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        found = Schemas.type("object");
        found.put("properties", properties);
        if (tag != null) {
            properties.put(Tags.PROPERTY, Schemas.with("const", tag));
            found.put("required", List.of(Tags.PROPERTY));
        }
        return new JsonObjectFormatVisitor.Base(getContext()) {
            @Override
            public void property(BeanProperty property) {
                properties.put(property.getName(), schemas.nullable(shapes.of(property.getType())));
            }

            @Override
            public void optionalProperty(BeanProperty property) {
                property(property);
            }
        };
    }

    @Override
    public JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
        found = Schemas.type("array");
        return new JsonArrayFormatVisitor.Base(getContext());
    }

    @Override
    public JsonStringFormatVisitor expectStringFormat(JavaType type) {
        found = Schemas.type("string");
        return new JsonStringFormatVisitor.Base();
    }

    @Override
    public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
        found = Schemas.type("number");
        return new JsonNumberFormatVisitor.Base();
    }

    @Override
    public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
        found = Schemas.type("integer");
        return new JsonIntegerFormatVisitor.Base();
    }

    @Override
    public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
        found = Schemas.type("boolean");
        return new JsonBooleanFormatVisitor.Base();
    }

    @Override
    public JsonNullFormatVisitor expectNullFormat(JavaType type) {
        found = Schemas.type("null");
        return new JsonNullFormatVisitor.Base();
    }

    @Override
    public JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
        return new JsonAnyFormatVisitor.Base();
    }

    @Override
    public JsonMapFormatVisitor expectMapFormat(JavaType type) {
        found = Schemas.type("object");
        return new JsonMapFormatVisitor.Base(getContext());
    }
}
