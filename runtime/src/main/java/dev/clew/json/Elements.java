package dev.clew.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The elements of arrays and collections. */
final class Elements {
    private Elements() {}

    /** In their order. */
    static void write(Iterable<? extends @Nullable Object> values, Shape element, Sink sink) {
        sink.checkDepth();
        sink.gen().writeStartArray();
        int index = 0;
        try {
            for (Object value : values) {
                element.write(value, sink);
                index++;
            }
        } catch (JacksonException e) {
            throw e.prependPath(values, index);
        }
        sink.gen().writeEndArray();
    }

    /** Sorted by their own canonical bytes: a set has no order that replay could rely on. */
    static void writeSorted(Collection<? extends @Nullable Object> values, Shape element, Sink sink) {
        sink.checkDepth();
        List<byte[]> sorted = new ArrayList<>(values.size());
        try {
            for (Object value : values) {
                sorted.add(aside(value, element, sink));
            }
        } catch (JacksonException e) {
            throw e.prependPath(values, sorted.size());
        }
        sorted.sort(Arrays::compareUnsigned);
        sink.gen().writeStartArray();
        sorted.forEach(json -> sink.gen().writeRawValue(new String(json, StandardCharsets.UTF_8)));
        sink.gen().writeEndArray();
    }

    /** Refuses two elements with one form, because a set would have one of them when it is read. */
    static void writeDistinct(Collection<? extends @Nullable Object> values, Shape element, Sink sink) {
        sink.checkDepth();
        sink.gen().writeStartArray();
        Set<String> forms = new HashSet<>();
        int index = 0;
        try {
            for (Object value : values) {
                String form = new String(aside(value, element, sink), StandardCharsets.UTF_8);
                if (!forms.add(form)) {
                    throw new Misfit("two elements of a set with the same stored form, such as 1 and 1L; declare the"
                            + " class of the elements, or a list");
                }
                sink.gen().writeRawValue(form);
                index++;
            }
        } catch (JacksonException e) {
            throw e.prependPath(values, index);
        }
        sink.gen().writeEndArray();
    }

    static void read(JsonParser in, Shape element, Collection<@Nullable Object> into) {
        int index = 0;
        try {
            while (in.nextToken() != JsonToken.END_ARRAY) {
                into.add(element.read(in));
                index++;
            }
        } catch (JacksonException e) {
            throw e.prependPath(into, index);
        }
    }

    private static byte[] aside(@Nullable Object value, Shape element, Sink sink) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator gen = sink.shapes().generator(bytes)) {
            element.write(value, sink.to(gen, sink.depth() + 1));
        }
        return bytes.toByteArray();
    }
}
