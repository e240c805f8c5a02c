package dev.clew.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.util.TokenBuffer;

/** What Jackson handles: beans, types of users' modules, and a few of the JDK's. Nothing proves it, so copies are checked. */
final class ForeignShape extends Shape implements Tagged {
    private final JavaType javaType;
    private final Shapes shapes;
    private final boolean bean;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final Copies copies;

    ForeignShape(JavaType type, boolean bean, Shapes shapes) {
        super(type.getRawClass());
        ObjectMapper mapper = shapes.mapper();
        this.javaType = type;
        this.shapes = shapes;
        this.bean = bean;
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type);
        this.copies = new Copies(this, this::writeUnchecked, bean);
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        return bean ? schemas.named(javaType, () -> described(schemas)) : described(schemas);
    }

    private Map<String, Object> described(Schemas schemas) {
        ForeignSchema visitor = new ForeignSchema(shapes, schemas, Tags.of(type()));
        try {
            writer.acceptJsonFormatVisitor(javaType, visitor);
        } catch (JacksonException e) {
            throw e;
        } catch (RuntimeException unsupported) {
            return new LinkedHashMap<>();
        }
        return visitor.found();
    }

    @Override
    void writeValue(Object value, Sink sink) {
        if (bean && value.getClass() != type()) {
            throw new Misfit(value.getClass().getName() + " would be written as " + type().getName()
                    + " and lose what it adds; declare its own class, or make the declared type sealed");
        }
        sink.checkDepth();
        if (sink.form() == Form.STORED) {
            copies.write(value, sink);
        } else {
            writeUnchecked(value, sink);
        }
    }

    private void writeUnchecked(Object value, Sink sink) {
        try {
            writer.withAttribute(Sink.ATTRIBUTE, sink).writeValue(sink.gen(), value);
        } catch (JacksonException e) {
            throw e;
        } catch (RuntimeException e) {
            throw wordless(e);
        }
    }

    @Override
    Object readValue(JsonParser in) {
        Object value = valueAt(in);
        if (value == null) {
            throw new Misfit("nothing could be read as " + type().getName());
        }
        return value;
    }

    private @Nullable Object valueAt(JsonParser in) {
        try {
            return reader.readValue(in);
        } catch (JacksonException e) {
            throw e;
        } catch (RuntimeException e) {
            throw wordless(e);
        }
    }

    /** Jackson reads objects from their start, so what is left of this one is set aside. */
    @Override
    public Object readMembers(JsonParser in) {
        try (TokenBuffer rest = TokenBuffer.forBuffering(in, ObjectReadContext.empty())) {
            rest.writeStartObject();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                rest.writeName(name);
                rest.copyCurrentStructure(in);
            }
            rest.writeEndObject();
            JsonParser again = rest.asParser(ObjectReadContext.empty(), in);
            again.nextToken();
            return readValue(again);
        }
    }

    /** What a module's code throws may quote what it read, so only its class is told. */
    private static Misfit wordless(RuntimeException e) {
        return new Misfit("its serializer or deserializer threw " + e.getClass().getName());
    }
}
