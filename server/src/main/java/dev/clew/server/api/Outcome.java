package dev.clew.server.api;

import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.index.RequestEnd;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.view.Failures;
import dev.clew.server.view.Questions;
import dev.clew.server.view.Scalars;
import dev.clew.server.view.States;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a request ended.
 *
 * @param status as clients read it
 * @param answer what a client gets that waited
 * @param isPause whether the run waits for somebody
 */
record Outcome(String status, JsonNode answer, boolean isPause) {
    static final String PENDING = "pending";
    static final String RUNNING = "running";
    static final String SUCCESS = "success";
    static final String ERROR = "error";
    static final String INTERRUPTED = "interrupted";

    /**
     * What became of a run.
     *
     * @param ended how the request ended that was waited for; null if none was
     */
    static Outcome of(Served served, Scalars scalars, RunResult<Object> result, Supplier<@Nullable RequestEnd> ended) {
        if (result instanceof RunResult.Interrupted<Object> paused) {
            RequestEnd end = ended.get();
            States states = States.of(served);
            ObjectNode values = (end == null || end.checkpointId() == null
                            ? states.values(paused.threadId())
                            : states.paused(paused.threadId(), paused.runId(), end.checkpointId(), end.at()))
                    .deepCopy();
            if (!paused.pending().isEmpty()) {
                values.set("__interrupt__", Questions.of(paused.pending()));
            }
            return new Outcome(SUCCESS, values, true);
        }
        if (result instanceof RunResult.Undone<Object>) {
            return new Outcome(INTERRUPTED, Json.object(), false);
        }
        Optional<String> output = served.graph()
                .flatMap(graph -> served.store().run(result.threadId(), result.runId()))
                .flatMap(run -> Optional.ofNullable(run.outputCheckpoint()));
        JsonNode value = output.map(checkpoint -> States.of(served).result(result.threadId(), checkpoint))
                .orElseGet(() -> served.output(result.value()));
        return new Outcome(SUCCESS, scalars.out(value), false);
    }

    /** What became of a run that has no result. */
    static Outcome of(Throwable thrown) {
        Throwable why = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (why instanceof WorkflowCancelledException) {
            return new Outcome(INTERRUPTED, Json.object(), false);
        }
        ObjectNode answer = Json.object();
        answer.set("__error__", Failures.of(why));
        return new Outcome(ERROR, answer, false);
    }
}
