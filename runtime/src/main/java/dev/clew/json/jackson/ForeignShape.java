package dev.clew.json.jackson;

import dev.clew.json.form.Advice;
import dev.clew.json.form.Failures;
import dev.clew.json.form.Form;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * What Jackson handles: beans, types of users' modules, and a few of the JDK's. Nothing proves it, so each value is read
 * from what was written of it, and refused if the copy is another one. Our own shapes need no such check.
 */
public final class ForeignShape extends Shape {
    private final JavaType javaType;
    private final Shapes shapes;
    private final boolean bean;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    public ForeignShape(JavaType type, boolean bean, Shapes shapes) {
        super(type.getRawClass());
        ObjectMapper mapper = shapes.mapper();
        this.javaType = type;
        this.shapes = shapes;
        this.bean = bean;
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type);
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        Schemas.Description description = () -> ForeignSchema.of(javaType, writer, shapes, schemas);
        return bean ? schemas.named(javaType, description) : description.describe();
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        if (bean && value.getClass() != type()) {
            throw new Misfit(value.getClass().getName() + " would be written as " + type().getName()
                    + " and lose what it adds; declare its own class, or make the declared type sealed");
        }
        sink.checkDepth();
        if (sink.form() == Form.STORED) {
            byte[] bytes = aside(value, sink);
            check(value, bytes, sink);
            sink.gen().writeRawValue(new String(bytes, StandardCharsets.UTF_8));
        } else {
            writeUnchecked(value, sink);
        }
    }

    private void writeUnchecked(Object value, Sink sink) {
        wordless(() -> {
            writer.withAttribute(Sink.ATTRIBUTE, sink).writeValue(sink.gen(), value);
            return this;
        });
    }

    private byte[] aside(Object value, Sink sink) {
        return Sink.bytes(shapes, Form.CHECKED, sink.depth(), checked -> writeUnchecked(value, checked));
    }

    private void check(Object value, byte[] bytes, Sink sink) {
        Object copy = copy(bytes);
        if (bean || Sameness.isDefinedFor(value)) {
            Sameness.check(value, copy);
        } else if (copy == null || !Arrays.equals(bytes, aside(copy, sink))) {
            throw new Misfit(Advice.different(value));
        }
    }

    private @Nullable Object copy(byte[] bytes) {
        try (JsonParser in = shapes.parser(bytes)) {
            in.nextToken();
            return read(in);
        } catch (JacksonException e) {
            Misfit unreadable = new Misfit(
                    "a " + type().getName() + " could not be read back: " + Failures.reason(e), e.getCause());
            for (int i = e.getPath().size() - 1; i >= 0; i--) {
                unreadable.prependPath(e.getPath().get(i));
            }
            throw unreadable;
        }
    }

    @Override
    public Object readValue(JsonParser in) {
        Object value = wordless(() -> reader.readValue(in));
        if (value == null) {
            throw new Misfit("nothing could be read as " + type().getName());
        }
        return value;
    }

    /** What a module's code throws may quote what it read, so only its class is told. */
    private static <T extends @Nullable Object> T wordless(Supplier<T> work) {
        try {
            return work.get();
        } catch (JacksonException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Misfit(
                    "its serializer or deserializer threw " + e.getClass().getName());
        }
    }
}
