package dev.clew.server.mcp;

import dev.clew.server.spi.ExtensionReply;
import dev.clew.server.spi.ServerCalls;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls of tools: runs of assistants, each on a thread of its own, which is deleted when its run has given a result. */
final class ToolRuns {
    static final String ANSWER = "answer";
    private static final String ERROR = "__error__";

    /** What a thread says that was made for a call: no other one is deleted. */
    private static final String OWN = "clew_mcp";

    private static final byte[] NOTHING = new byte[0];

    private final ServerCalls server;
    private final Duration longest;

    /** @param longest how long a run is waited for */
    ToolRuns(ServerCalls server, Duration longest) {
        this.server = server;
        this.longest = longest;
    }

    CompletableFuture<McpSchema.CallToolResult> start(Tool tool, Map<String, Object> arguments) {
        if (!tool.takesMembers() && !arguments.containsKey(Tool.INPUT)) {
            return failed("the tool '" + tool.name() + "' needs the argument '" + Tool.INPUT + "'");
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("assistant_id", tool.assistantId());
        body.put("if_not_exists", "create");
        body.put("metadata", Map.of(OWN, true));
        if (tool.input() != null) {
            body.put("input", tool.takesMembers() ? arguments : arguments.get(Tool.INPUT));
        }
        return run(new Place(UUID.randomUUID().toString(), true), body);
    }

    /** Where a run is. */
    private record Place(String thread, boolean isOwn) {}

    /** Continues what asked; without answers, waits on. */
    CompletableFuture<McpSchema.CallToolResult> answer(Map<String, Object> arguments) {
        String thread = Json.text(arguments, Tool.THREAD).orElse("");
        if (thread.isEmpty()) {
            return failed("'thread_id' is needed; it is in the result that asked");
        }
        return server.call("GET", Paths.thread(thread), NOTHING).thenCompose(found -> {
            Map<String, Object> metadata = Json.object(members(found).get("metadata"));
            String assistant = Json.text(metadata, "assistant_id").orElse("");
            if (assistant.isEmpty()) {
                return failed("there is no thread '" + thread + "' that asks");
            }
            Place place = new Place(thread, Boolean.TRUE.equals(metadata.get(OWN)));
            Map<String, Object> answers = Json.object(arguments.get("answers"));
            return answers.isEmpty()
                    ? newest(place)
                    : run(place, Map.of("assistant_id", assistant, "command", Map.of("resume", answers)));
        });
    }

    private CompletableFuture<McpSchema.CallToolResult> run(Place place, Map<String, ?> body) {
        return server.call("POST", Paths.runs(place.thread()), Json.write(body)).thenCompose(made -> {
            Optional<String> run = Json.text(members(made), "run_id");
            // If not, nothing was stored: the thread may be there for a question that this call has not answered.
            return run.isPresent() ? joined(place, run.get()) : failed(refusal(made));
        });
    }

    private CompletableFuture<McpSchema.CallToolResult> newest(Place place) {
        return server.call("GET", Paths.runs(place.thread()) + "?limit=1", NOTHING)
                .thenCompose(found -> {
                    Optional<String> run = Json.list(found.isSuccess() ? Json.read(found.json()) : null).stream()
                            .flatMap(one -> Json.text(Json.object(one), "run_id").stream())
                            .findFirst();
                    return run.isPresent()
                            ? joined(place, run.get())
                            : failed("the thread '" + place.thread() + "' has no run to wait for");
                });
    }

    private CompletableFuture<McpSchema.CallToolResult> joined(Place place, String run) {
        CompletableFuture<ExtensionReply> end = server.call("GET", Paths.run(place.thread(), run) + "/join", NOTHING);
        return end.copy()
                .orTimeout(longest.toNanos(), TimeUnit.NANOSECONDS)
                .<Optional<ExtensionReply>>thenApply(Optional::of)
                .exceptionallyCompose(failed -> {
                    if (cause(failed) instanceof TimeoutException) {
                        // Ends the wait, not the run.
                        boolean unused = end.cancel(false);
                        return CompletableFuture.completedFuture(Optional.empty());
                    }
                    return CompletableFuture.failedFuture(failed);
                })
                .thenCompose(reply -> reply.isPresent()
                        ? ended(place, run, reply.get())
                        : CompletableFuture.completedFuture(Results.goesOn(place.thread())));
    }

    private static Throwable cause(Throwable failed) {
        return failed.getCause() == null ? failed : failed.getCause();
    }

    /** A thread that asks is kept for the answer, and one that failed for whoever looks why. */
    private CompletableFuture<McpSchema.CallToolResult> ended(Place place, String run, ExtensionReply reply) {
        Map<String, Object> members = members(reply);
        if (!reply.isSuccess()) {
            return failed(refusal(reply));
        } else if (members.containsKey(Tool.INTERRUPT)) {
            return CompletableFuture.completedFuture(Results.asking(place.thread(), members));
        } else if (members.containsKey(ERROR)) {
            return failed(error(Json.object(members.get(ERROR))));
        }
        // What a cancelled run gives is empty, as the result of another one may be.
        return server.call("GET", Paths.run(place.thread(), run), NOTHING).thenCompose(now -> {
            if ("interrupted".equals(members(now).get("status"))) {
                return failed("the run was cancelled; its thread is '" + place.thread() + "'");
            }
            McpSchema.CallToolResult result = Results.done(Json.read(reply.json()));
            return place.isOwn()
                    ? server.call("DELETE", Paths.thread(place.thread()), NOTHING)
                            .handle((deleted, why) -> result)
                    : CompletableFuture.completedFuture(result);
        });
    }

    private static Map<String, Object> members(ExtensionReply reply) {
        return Json.object(reply.isSuccess() ? Json.read(reply.json()) : null);
    }

    private static String refusal(ExtensionReply reply) {
        return Json.text(Json.object(Json.read(reply.json())), "message").orElse("the server refuses");
    }

    private static String error(Map<String, Object> error) {
        return Json.text(error, "error").orElse("Error") + ": "
                + Json.text(error, "message").orElse("");
    }

    private static CompletableFuture<McpSchema.CallToolResult> failed(String why) {
        return CompletableFuture.completedFuture(Results.failed(why));
    }
}
