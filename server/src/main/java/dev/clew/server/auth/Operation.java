package dev.clew.server.auth;

/**
 * What somebody wants to do.
 *
 * <pre>{@code
 * if (operation == Operation.Threads.DELETE) {
 *   return Decision.deny();
 * }
 * }</pre>
 */
public sealed interface Operation {
    /** What with threads, their states and their runs. */
    enum Threads implements Operation {
        CREATE,
        /** Also of its runs, states and events. */
        READ,
        /** Also of its state, and cancelling its runs. */
        UPDATE,
        DELETE,
        SEARCH,
        /** Starts a run, or answers one. */
        CREATE_RUN
    }

    /** What with assistants. */
    enum Assistants implements Operation {
        CREATE,
        READ,
        UPDATE,
        DELETE,
        SEARCH
    }

    /** What with scheduled runs. */
    enum Crons implements Operation {
        CREATE,
        READ,
        UPDATE,
        DELETE,
        SEARCH
    }

    /** What with items of the store. */
    enum Items implements Operation {
        PUT,
        GET,
        DELETE,
        SEARCH,
        LIST_NAMESPACES
    }

    /** What with the server itself. */
    enum Server implements Operation {
        /** Reads its metrics, which name workflows. */
        METRICS,
        /** Looks at its queues, workers and schedules, and at the stack traces of failures. */
        INSPECT,
        /** Pauses queues and schedules, sets limits of queues, has held requests taken again, fires and deletes schedules. */
        OPERATE
    }
}
