package dev.clew.processor;

/** What a parameter of a step is for: a value of the caller's, or something injected. */
enum Role {
    BUSINESS,
    TASKS,
    RUN,
    TASK_CONTEXT,
    PREVIOUS,
    PREVIOUS_OPTIONAL,
    CONTEXT
}
