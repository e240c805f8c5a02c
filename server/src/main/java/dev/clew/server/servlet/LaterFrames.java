package dev.clew.server.servlet;

import dev.clew.server.json.Json;
import dev.clew.server.kernel.Frames;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A document that is not there yet, as frames: one, once it is. */
final class LaterFrames implements Frames {
    /** What keeps the connection alive until then; white space is no part of a document. */
    static final byte[] BEAT = "\n".getBytes(StandardCharsets.UTF_8);

    private final CompletableFuture<? extends JsonNode> body;
    private final Runnable left;
    private boolean taken;

    LaterFrames(CompletableFuture<? extends JsonNode> body, Runnable left) {
        this.body = body;
        this.left = left;
    }

    @Override
    public byte @Nullable [] next() {
        if (taken || !body.isDone()) {
            return null;
        }
        taken = true;
        return Json.bytes(body.join());
    }

    @Override
    public boolean isOver() {
        return taken;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the reader is called, whatever the result
    public void onMore(Runnable reader) {
        body.whenComplete((done, failed) -> reader.run());
    }

    @Override
    public void close() {
        if (!taken) {
            boolean unused = body.cancel(false);
            left.run();
        }
    }
}
