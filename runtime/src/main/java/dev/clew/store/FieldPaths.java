package dev.clew.store;

import java.util.Arrays;
import java.util.List;

/** Several paths at once. */
final class FieldPaths {
    private FieldPaths() {}

    static List<FieldPath> parse(String... paths) {
        return Arrays.stream(paths).map(FieldPath::parse).toList();
    }
}
