package dev.clew.server.a2a;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a task is doing. */
public enum TaskState {
    SUBMITTED,
    WORKING,
    INPUT_REQUIRED,
    COMPLETED,
    FAILED,
    CANCELED;

    /** Whether it never changes again. */
    public boolean isOver() {
        return this == COMPLETED || this == FAILED || this == CANCELED;
    }

    /** A state as either version writes it; empty for one that says nothing. */
    public static Optional<TaskState> read(String text) {
        if (text.equals("TASK_STATE_UNSPECIFIED")) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(state -> state.word().equals(text) || state.constant().equals(text))
                .findFirst()
                .orElseThrow(() -> RpcFault.invalid("'status' must be a state of tasks, one of "
                        + Arrays.stream(values()).map(TaskState::constant).toList())));
    }

    /** As version 0.3 writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As version 1.0 writes it. */
    String constant() {
        return "TASK_STATE_" + name();
    }
}
