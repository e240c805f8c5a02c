package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;

/** One request of a batch cannot be carried out; nothing of the batch is stored, and the others may go without it. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Request request;
    private final CheckpointException why;

    RefusedException(Request request, CheckpointException why) {
        super(why);
        this.request = request;
        this.why = why;
    }

    Request request() {
        return request;
    }

    CheckpointException why() {
        return why;
    }
}
