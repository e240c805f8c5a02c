package dev.clew.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Writes values of types that Jackson handles: reads each from what was written of it, and refuses it if the copy is
 * another one. Our own shapes need no such check.
 */
final class Copies {
    private final Shape shape;
    private final BiConsumer<Object, Sink> writer;
    private final boolean bean;

    /** @param writer writes a value without a check */
    Copies(Shape shape, BiConsumer<Object, Sink> writer, boolean bean) {
        this.shape = shape;
        this.writer = writer;
        this.bean = bean;
    }

    void write(Object value, Sink sink) {
        byte[] bytes = aside(value, sink);
        Object copy = read(bytes, sink);
        if (bean || Sameness.isDefinedFor(value)) {
            Sameness.check(value, copy);
        } else if (copy == null || !Arrays.equals(bytes, aside(copy, sink))) {
            throw new Misfit(Sameness.different(value));
        }
        sink.gen().writeRawValue(new String(bytes, StandardCharsets.UTF_8));
    }

    private byte[] aside(Object value, Sink sink) {
        ByteArrayOutputStream bytes = new BoundedBytes(sink.shapes().limits());
        try (JsonGenerator gen = sink.shapes().generator(bytes)) {
            writer.accept(value, new Sink(gen, Form.CHECKED, sink.shapes(), sink.depth()));
        }
        return bytes.toByteArray();
    }

    private @Nullable Object read(byte[] bytes, Sink sink) {
        try (JsonParser in = sink.shapes().mapper().createParser(bytes)) {
            in.nextToken();
            return shape.read(in);
        } catch (JacksonException e) {
            Misfit unreadable = new Misfit(
                    "a " + shape.type().getName() + " could not be read back: " + Failures.reason(e), e.getCause());
            for (int i = e.getPath().size() - 1; i >= 0; i--) {
                unreadable.prependPath(e.getPath().get(i));
            }
            throw unreadable;
        }
    }
}
