package dev.clew.testing;

import dev.clew.json.JsonCodec;
import dev.clew.state.ThreadState;
import dev.clew.task.Failure;
import dev.clew.value.ClewException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a run ended, as text that two runs can be compared by. */
final class End {
    private End() {}

    static String of(ThreadState<?> state) {
        return switch (state.status()) {
            case IDLE -> completed(state.value());
            case INTERRUPTED ->
                "was interrupted by "
                        + state.pending().stream()
                                .map(question -> question.name() + " " + question.value())
                                .collect(Collectors.joining(", "));
            case FAILED -> failed(state.failure());
            default -> "is " + state.status();
        };
    }

    static String completed(@Nullable Object value) {
        return "completed with " + text(value);
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        try {
            return new String(JsonCodec.standard().encode(value, TypeRef.of(value.getClass())), StandardCharsets.UTF_8);
        } catch (ClewException foreign) {
            return String.valueOf(value);
        }
    }

    private static String failed(@Nullable Failure failure) {
        return failure == null ? "failed" : "failed with " + failure.type() + ": " + failure.message();
    }
}
