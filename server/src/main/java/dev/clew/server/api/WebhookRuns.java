package dev.clew.server.api;

import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.Body;
import dev.clew.server.view.Ids;
import dev.clew.server.webhook.Outbox;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs whose end is told to a webhook. */
public record WebhookRuns(Parts parts, RequestBook book) {
    /** Starts a run. */
    @FunctionalInterface
    interface Starting {
        /**
         * Starts it.
         *
         * @param requestId null if one is to be made
         * @param accepted is run when a new request is accepted, before anything is stored
         */
        RunStarter.Started start(@Nullable String requestId, Runnable accepted);
    }

    /**
     * Starts a run, with the webhook that its body names.
     *
     * @param requestId as the client named it; null if it did not
     * @param start starts it
     */
    RunStarter.Started start(Body given, RunBody body, String threadId, @Nullable String requestId, Starting start) {
        Optional<String> url = given.text("webhook");
        if (url.isEmpty()) {
            return start.start(requestId, () -> {});
        }
        Outbox outbox = outbox();
        String id = requestId == null ? Ids.fresh() : Ids.require("run_id", requestId);
        outbox.check(url.get());
        AtomicBoolean isNew = new AtomicBoolean();
        RunStarter.Started started;
        try {
            started = start.start(id, () -> isNew.set(outbox.keep(threadId, id, url.get())));
        } catch (RuntimeException refused) {
            if (isNew.get() && !isMade(threadId, id, body)) {
                outbox.drop(threadId, id);
            }
            throw refused;
        }
        outbox.watch(threadId, id, this::result);
        return started;
    }

    /** Whether the request was made after all, and only the answer was lost; another one under its id does not count. */
    private boolean isMade(String threadId, String requestId, RunBody body) {
        return book.find(threadId, requestId)
                .map(RunRequest::requested)
                .filter(made -> made.asks(RequestContent.asked(body)))
                .isPresent();
    }

    private Outbox outbox() {
        Outbox outbox = parts.outbox();
        if (outbox == null) {
            throw ApiRefusal.invalid("'webhook' is not offered by this server: its operator names no origins for them");
        }
        return outbox;
    }

    /** Refuses a body whose webhook goes to where it must not. */
    void check(Body body) {
        body.text("webhook").ifPresent(url -> outbox().check(url));
    }

    /** Sends what other servers left. */
    public void tend() {
        Outbox outbox = parts.outbox();
        if (outbox != null) {
            outbox.tend(this::result);
        }
    }

    private Optional<CompletableFuture<ObjectNode>> result(String threadId, String requestId) {
        return book.find(threadId, requestId)
                .map(request -> request.outcome().thenApply(outcome -> {
                    RunRequest now = book.find(threadId, requestId).orElse(request);
                    if (now.isUnderWay()) {
                        throw new IllegalStateException("the run '" + requestId + "' of thread '" + threadId
                                + "' has not ended, though nothing more could be learnt of it");
                    }
                    return told(RunViews.of(now), outcome);
                }));
    }

    private static ObjectNode told(ObjectNode body, Outcome outcome) {
        body.put("status", outcome.status());
        body.set("run_started_at", body.path("created_at"));
        body.set("run_ended_at", body.path("updated_at"));
        JsonNode error = outcome.answer().path("__error__");
        if (error.isObject()) {
            body.set("values", Json.nothing());
            body.set("error", error);
        } else if (outcome.answer() instanceof ObjectNode answer) {
            ObjectNode values = answer.deepCopy();
            values.remove("__interrupt__");
            body.set("values", outcome.status().equals(Outcome.INTERRUPTED) ? Json.nothing() : values);
        } else {
            body.set("values", outcome.answer());
        }
        return body;
    }
}
