package dev.clew.server.view;

import dev.clew.flow.WorkflowFailedException;
import dev.clew.server.json.Json;
import dev.clew.task.Failure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Failures as clients read them: the class and the message of the exception that the body threw, never a stack trace. */
public final class Failures {
    private Failures() {}

    public static ObjectNode of(Failure failure) {
        String type = failure.types().isEmpty() ? "Error" : failure.types().get(0);
        return of(simple(type), failure.message());
    }

    public static ObjectNode of(String error, @Nullable String message) {
        ObjectNode object = Json.object();
        object.put("error", error);
        object.put("message", message == null ? error : message);
        return object;
    }

    /** What ended a run. */
    public static ObjectNode of(Throwable thrown) {
        return thrown instanceof WorkflowFailedException failed
                ? of(failed.failure())
                : of(thrown.getClass().getSimpleName(), thrown.getMessage());
    }

    /** In one line. */
    public static String text(Failure failure) {
        String type =
                failure.types().isEmpty() ? "Error" : simple(failure.types().get(0));
        return failure.message() == null ? type : String.format(Locale.ROOT, "%s: %s", type, failure.message());
    }

    private static String simple(String className) {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }
}
