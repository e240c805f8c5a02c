package dev.clew.store;

import dev.clew.value.IllegalRequestException;
import java.util.List;
import java.util.Set;

/** What labels of namespaces and keys of documents may be made of. */
final class Labels {
    static final String WILDCARD = "*";
    private static final Set<String> RESERVED = Set.of("clew", "langgraph");

    private Labels() {}

    static void checkNamespace(List<String> labels) {
        if (labels.isEmpty()) {
            throw new InvalidNamespaceException("a namespace needs at least one label");
        }
        labels.forEach(Labels::check);
        if (RESERVED.contains(labels.get(0))) {
            throw new InvalidNamespaceException(
                    "a namespace must not start with '" + labels.get(0) + "', which is reserved; take another label");
        }
    }

    static void check(String label) {
        if (label.isEmpty()) {
            throw new InvalidNamespaceException("a label of a namespace must not be empty");
        }
        if (label.indexOf('.') >= 0) {
            throw new InvalidNamespaceException(
                    "label '" + label + "' must not contain '.', which separates labels; replace it");
        }
        if (label.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidNamespaceException("a label of a namespace must not contain control characters");
        }
        if (!isWellFormed(label)) {
            throw new InvalidNamespaceException("a label of a namespace is not well-formed Unicode");
        }
    }

    static void checkKey(String key) {
        if (key.isEmpty()) {
            throw new IllegalRequestException("the key of a document must not be empty");
        }
        if (!isWellFormed(key)) {
            throw new IllegalRequestException("the key of a document is not well-formed Unicode");
        }
    }

    /** Half of a surrogate pair has no UTF-8, so a database could not tell it from other halves. */
    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
