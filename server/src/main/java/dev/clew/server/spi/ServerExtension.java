package dev.clew.server.spi;

import java.util.concurrent.CompletableFuture;

/**
 * Something else that a server answers, such as another protocol: behind the server's authenticator, and by what the server answers
 * itself. It asks the server as the caller whose request it has, so what the authorizer denies is denied here, too.
 *
 * <p>Thread-safe. {@code clew-server-mcp} has one.
 *
 * <pre>{@code
 * AgentServer.builder().graph(essays).extension(Mcp.endpoint()).start()
 * }</pre>
 */
public interface ServerExtension {
    /** Where it is: a path such as {@code /mcp}. It is reached by {@code POST} alone. */
    String path();

    /** Answers a request; called on a thread of the server, which it must not hold. */
    CompletableFuture<ExtensionReply> post(ExtensionRequest request);
}
