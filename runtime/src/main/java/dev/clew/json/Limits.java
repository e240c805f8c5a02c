package dev.clew.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;

/** How large and how deep a value may be, in both directions. */
record Limits(int maxBytes, int maxDepth) {
    /** Digits of one number; beyond it parsing costs more than linear time. */
    static final int MAX_NUMBER = 10_000;

    static final Limits DEFAULT = new Limits(64 << 20, 500);

    void checkDepth(int depth) {
        if (depth >= maxDepth) {
            throw new Misfit("nested deeper than the limit of " + maxDepth + " levels, or contains itself");
        }
    }

    void checkBytes(long bytes) {
        if (bytes > maxBytes) {
            throw new Misfit("larger than the limit of " + maxBytes + " bytes");
        }
    }

    StreamReadConstraints reading() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxDocumentLength(maxBytes)
                .maxStringLength(maxBytes)
                .maxNameLength(maxBytes)
                .maxNumberLength(MAX_NUMBER)
                .build();
    }

    StreamWriteConstraints writing() {
        return StreamWriteConstraints.builder().maxNestingDepth(maxDepth).build();
    }
}
