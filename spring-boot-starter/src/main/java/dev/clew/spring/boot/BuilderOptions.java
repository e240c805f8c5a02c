package dev.clew.spring.boot;

import dev.clew.GraphBuilder;
import dev.clew.flow.Retention;
import dev.clew.spring.ClewProperties;
import dev.clew.store.Namespace;
import java.util.Arrays;
import java.util.List;

/** What the properties say of each graph's builder, beyond its store and its durability. */
final class BuilderOptions {
    private static final String SUBJECT = "{subject}";

    private BuilderOptions() {}

    static void apply(ClewProperties properties, GraphBuilder<?> builder) {
        builder.onNonDeterminism(properties.onNonDeterminism())
                .stackTraces(properties.stackTraces())
                .keepArguments(properties.keepArguments());
        if (properties.maxConcurrency() != null) {
            builder.maxConcurrency(properties.maxConcurrency());
        }
        if (properties.parkAfter() != null) {
            builder.parkAfter(properties.parkAfter());
        }
        if (properties.streamStall() != null) {
            builder.streamStall(properties.streamStall());
        }
        if (properties.deployment() != null) {
            builder.deployment(properties.deployment());
        }
        Retention retention = properties.retention().policy();
        if (retention != null) {
            builder.retainEvery(properties.retention().every(), retention);
        }
        List<String> patterns = properties.subjectNamespaces();
        if (!patterns.isEmpty()) {
            patterns.forEach(BuilderOptions::requireSubject);
            builder.subjectNamespaces(subject -> patterns.stream()
                    .map(pattern -> namespace(pattern, subject))
                    .toList());
        }
    }

    /** One without the subject would erase what belongs to all. */
    private static void requireSubject(String pattern) {
        if (Arrays.stream(pattern.split("/")).noneMatch(SUBJECT::equals)) {
            throw new IllegalArgumentException(
                    "clew.subject-namespaces has '" + pattern + "', of which no label is " + SUBJECT
                            + "; erasing one subject would remove the documents of all: write something like accounts/"
                            + SUBJECT);
        }
    }

    private static Namespace namespace(String pattern, String subject) {
        return Namespace.of(Arrays.stream(pattern.split("/"))
                .map(label -> label.equals(SUBJECT) ? subject : label)
                .toArray(String[]::new));
    }
}
