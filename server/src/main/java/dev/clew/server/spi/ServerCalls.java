package dev.clew.server.spi;

import java.util.concurrent.CompletableFuture;

/** Asks a server by its own addresses, without a connection. Thread-safe. */
@FunctionalInterface
public interface ServerCalls {
    /**
     * Asks. Waits for nothing; what is streamed cannot be asked for.
     *
     * @param path with its parameters encoded
     * @param json the body; empty for none
     * @return also of a refusal; it fails only if the server is closed. Cancelling it ends a wait, not what is waited for
     */
    CompletableFuture<ExtensionReply> call(String method, String path, byte[] json);
}
