package dev.clew.processor.read;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Node;
import dev.clew.annotations.Task;
import dev.clew.annotations.Tool;
import java.lang.annotation.Annotation;

/** What an annotated method is. */
public enum StepKind {
    TASK(Task.class, "task"),
    ENTRYPOINT(Entrypoint.class, "entrypoint"),
    NODE(Node.class, "node"),
    TOOL(Tool.class, "tool");

    private final Class<? extends Annotation> annotation;
    private final String word;

    StepKind(Class<? extends Annotation> annotation, String word) {
        this.annotation = annotation;
        this.word = word;
    }

    public Class<? extends Annotation> annotation() {
        return annotation;
    }

    /** What messages call it. */
    public String word() {
        return word;
    }
}
