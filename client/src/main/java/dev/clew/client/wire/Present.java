package dev.clew.client.wire;

import java.io.IOException;
import java.util.Optional;

/**
 * How a run that paused stands by now. What it asked may have lapsed, or been answered without a request: then its run goes on under
 * the request that ended with the pause, which says for ever that it paused.
 */
record Present(RunCalls calls, String thread, String request) {
    /**
     * Its outcome by now; empty while it is under way. A pause stays what it was once a later request has the thread.
     *
     * @param paused how the request ended
     */
    Optional<Outcome> of(Outcome paused) throws IOException {
        boolean isNewest = calls.runs(thread, 1).stream()
                .anyMatch(run -> run.text("run_id").filter(request::equals).isPresent());
        if (!isNewest) {
            return Optional.of(paused);
        }
        Doc found = calls.found(RunCalls.path(thread));
        String status = status(found);
        if (status.equals("busy")) {
            return Optional.empty();
        }
        Doc state = calls.state(thread);
        // It may have gone on between the two: then the state is of no end.
        if (!status.equals(status(calls.found(RunCalls.path(thread))))) {
            return Optional.empty();
        }
        return Optional.of(
                switch (status) {
                    case "error" -> RunCalls.failureIn(state, found);
                    // What is over and had more to do was cancelled.
                    case "idle" -> state.get("next").items().isEmpty() ? Outcome.ofState(state) : Outcome.cancelled();
                    default -> Outcome.ofState(state);
                });
    }

    private static String status(Doc thread) {
        return thread.text("status").orElse("");
    }
}
