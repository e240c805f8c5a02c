package dev.clew.json.jackson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNullFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import tools.jackson.databind.ser.AnyGetterWriter;

/** What Jackson says of the types that it handles for us; properties of beans are our own again. */
final class ForeignSchema extends JsonFormatVisitorWrapper.Base {
    private final Shapes shapes;
    private final Schemas schemas;
    private final @Nullable String tag;
    private Map<String, Object> found = new LinkedHashMap<>();

    private ForeignSchema(Shapes shapes, Schemas schemas, @Nullable String tag) {
        this.shapes = shapes;
        this.schemas = schemas;
        this.tag = tag;
    }

    /** The schema of a type; of one that does not describe itself, that of any value. */
    static Map<String, Object> of(JavaType type, ObjectWriter writer, Shapes shapes, Schemas schemas) {
        ForeignSchema visitor = new ForeignSchema(shapes, schemas, Tags.of(type.getRawClass()));
        try {
            writer.acceptJsonFormatVisitor(type, visitor);
        } catch (JacksonException e) {
            throw e;
        } catch (RuntimeException unsupported) {
            return new LinkedHashMap<>();
        }
        return visitor.found;
    }

    @Override
    public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
        Map<String, Object> properties = schemas.tagged(tag);
        List<String> required = new ArrayList<>(properties.keySet());
        Map<String, Object> schema = Schemas.object(properties, required);
        found = schema;
        return new JsonObjectFormatVisitor.Base(getContext()) {
            @Override
            public void property(BeanProperty property) {
                if (property instanceof AnyGetterWriter) {
                    schema.remove("additionalProperties");
                    return;
                }
                properties.put(property.getName(), schemas.nullable(shapes.of(property.getType())));
                if (isAlwaysWritten(property, type)) {
                    required.add(property.getName());
                }
            }

            @Override
            public void optionalProperty(BeanProperty property) {
                property(property);
            }
        };
    }

    /** Not if an annotation leaves some values out, nor if it is of an object whose members stand among the bean's. */
    private boolean isAlwaysWritten(BeanProperty property, JavaType bean) {
        JsonInclude.Include include = property.findPropertyInclusion(
                        getContext().getConfig(), bean.getRawClass())
                .getValueInclusion();
        return (include == JsonInclude.Include.ALWAYS || include == JsonInclude.Include.USE_DEFAULTS)
                && property.getMember().getDeclaringClass().isAssignableFrom(bean.getRawClass());
    }

    @Override
    public JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
        found = Schemas.type("array");
        return super.expectArrayFormat(type);
    }

    @Override
    public JsonStringFormatVisitor expectStringFormat(JavaType type) {
        found = Schemas.type("string");
        return super.expectStringFormat(type);
    }

    @Override
    public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
        found = Schemas.type("number");
        return super.expectNumberFormat(type);
    }

    @Override
    public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
        found = Schemas.type("integer");
        return super.expectIntegerFormat(type);
    }

    @Override
    public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
        found = Schemas.type("boolean");
        return super.expectBooleanFormat(type);
    }

    @Override
    public JsonNullFormatVisitor expectNullFormat(JavaType type) {
        found = Schemas.type("null");
        return super.expectNullFormat(type);
    }

    @Override
    public JsonMapFormatVisitor expectMapFormat(JavaType type) {
        found = Schemas.type("object");
        return super.expectMapFormat(type);
    }
}
