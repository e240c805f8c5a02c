package dev.clew.json.form;

import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Where one call writes: a generator, the form, and the shapes.
 *
 * <p>Confined to the call. The elements of a set are written aside to be sorted, so a sink remembers how deep its own
 * generator started; otherwise a set that contains itself would never meet the depth limit.
 */
public record Sink(JsonGenerator gen, Form form, Shapes shapes, int startDepth) {
    /** The attribute under which Jackson hands the sink back to the shapes it asks. */
    public static final String ATTRIBUTE = "dev.clew.json.sink";

    /** What the content writes into a sink of its own, up to the limit. */
    public static byte[] bytes(Shapes shapes, Form form, int depth, Consumer<Sink> content) {
        BoundedBytes bytes = new BoundedBytes(shapes.limits());
        try (JsonGenerator gen = shapes.generator(bytes)) {
            content.accept(new Sink(gen, form, shapes, depth));
        }
        return bytes.toByteArray();
    }

    /** The same call, writing to another generator. */
    public Sink to(JsonGenerator other) {
        return other == gen ? this : new Sink(other, form, shapes, depth());
    }

    public boolean canonical() {
        return form == Form.CANONICAL || form == Form.FORMER;
    }

    public int depth() {
        return startDepth + gen.streamWriteContext().getNestingDepth();
    }

    /** Refuses to go deeper than the limit; every container asks before it opens. */
    public void checkDepth() {
        shapes.limits().checkDepth(depth());
    }
}
