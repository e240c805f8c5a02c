package dev.clew.processor.read;

/** What a parameter of a step is for: a value of the caller's, or something injected. */
public enum Role {
    BUSINESS,
    TASKS,
    RUN,
    TASK_CONTEXT,
    PREVIOUS,
    PREVIOUS_OPTIONAL,
    CONTEXT
}
