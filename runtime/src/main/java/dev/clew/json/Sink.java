package dev.clew.json;

import tools.jackson.core.JsonGenerator;

/**
 * Where one call writes: a generator, the form, and the registry of shapes.
 *
 * <p>Confined to the call. The elements of a set are written aside to be sorted, so a sink remembers how deep its own
 * generator started; otherwise a set that contains itself would never meet the depth limit.
 */
record Sink(JsonGenerator gen, Form form, Shapes shapes, int startDepth) {
    /** The attribute under which Jackson hands the sink back to the shapes it asks. */
    static final String ATTRIBUTE = "dev.clew.json.sink";

    /** The same call, writing to another generator. */
    Sink to(JsonGenerator other, int depth) {
        return other == gen ? this : new Sink(other, form, shapes, depth);
    }

    boolean canonical() {
        return form.isCanonical();
    }

    int depth() {
        return startDepth + gen.streamWriteContext().getNestingDepth();
    }

    /** Refuses to go deeper than the limit; every container asks before it opens. */
    void checkDepth() {
        shapes.limits().checkDepth(depth());
    }
}
