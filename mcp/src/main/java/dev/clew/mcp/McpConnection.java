package dev.clew.mcp;

import dev.clew.tools.ToolResult;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client of a server, and how another one is made. Thread-safe. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class McpConnection {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.mcp");

    private final Supplier<McpSyncClient> connect;

    /** Whether the caller closes the client. */
    private final boolean isForeign;

    /** Held while a client connects. */
    private final ReentrantLock connecting = new ReentrantLock();

    private @Nullable Shared shared;

    McpConnection(@Nullable McpSyncClient client, Supplier<McpSyncClient> connect) {
        this.shared = client == null ? null : new Shared(client);
        this.isForeign = client != null;
        this.connect = connect;
    }

    /** A client, and how many requests it serves now. */
    private static final class Shared {
        final McpSyncClient client;
        int requests;
        boolean isDropped;

        Shared(McpSyncClient client) {
            this.client = client;
        }
    }

    /** Takes a client that is connected. Who waits while another one connects can be stopped. */
    private Shared take() throws InterruptedException {
        connecting.lockInterruptibly();
        try {
            Shared known = known();
            while (known == null) {
                known = began(connected(new Shared(connect.get())));
            }
            return known;
        } finally {
            connecting.unlock();
        }
    }

    private @Nullable Shared known() {
        Shared known;
        synchronized (this) {
            known = shared;
        }
        return known == null ? null : began(connected(known));
    }

    private Shared connected(Shared some) {
        try {
            if (!some.client.isInitialized()) {
                some.client.initialize();
            }
            return some;
        } catch (RuntimeException failed) {
            if (!isForeign) {
                close(some.client);
            }
            throw failed;
        }
    }

    /** Null if it was dropped meanwhile. */
    private synchronized @Nullable Shared began(Shared some) {
        if (some.isDropped) {
            return null;
        }
        shared = some;
        some.requests++;
        return some;
    }

    /** The client that failed is not used again, if another one can be made. Requests that it still serves go on. */
    private void giveBack(Shared used, boolean hasFailed) {
        boolean isOver;
        synchronized (this) {
            used.requests--;
            if (hasFailed && !isForeign) {
                used.isDropped = true;
                shared = shared == used ? null : shared;
            }
            isOver = used.isDropped && used.requests == 0;
        }
        if (isOver) {
            close(used.client);
        }
    }

    private static void close(McpSyncClient failed) {
        try {
            failed.close();
        } catch (RuntimeException unclosed) {
            LOG.warn("a client of an MCP server that had failed could not be closed", unclosed);
        }
    }

    private <T> T ask(Function<McpSyncClient, T> question) {
        try {
            Shared used = take();
            try {
                return question.apply(used.client);
            } finally {
                giveBack(used, false);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while an MCP server was asked", stopped);
        }
    }

    String serverName() {
        return ask(client -> client.getServerInfo().name());
    }

    /** All tools, page by page. */
    List<McpSchema.Tool> tools() {
        return ask(client -> {
            List<McpSchema.Tool> tools = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            String next = null;
            do {
                McpSchema.ListToolsResult page = client.listTools(next);
                tools.addAll(page.tools());
                next = page.nextCursor();
                if (next != null && !seen.add(next)) {
                    throw new IllegalStateException("the MCP server '"
                            + client.getServerInfo().name() + "' names the page '" + next + "' of its tools twice");
                }
            } while (next != null && !next.isEmpty());
            return tools;
        });
    }

    /**
     * Calls a tool and waits for its result.
     *
     * @throws IOException if there was no answer: it may have been executed
     */
    ToolResult<?> call(String tool, Map<String, @Nullable Object> arguments, String stepId)
            throws IOException, InterruptedException {
        Shared used = null;
        boolean hasFailed = false;
        try {
            used = take();
            return McpResults.of(used.client.callTool(McpSchema.CallToolRequest.builder(tool)
                    .arguments(arguments)
                    .meta(Map.of("clew/stepId", stepId))
                    .build()));
        } catch (McpError refused) {
            return ToolResult.error("The server refused the call: " + refused.getMessage());
        } catch (RuntimeException failed) {
            if (Thread.interrupted() || isInterruption(failed)) {
                InterruptedException stopped =
                        new InterruptedException("the call of the MCP tool '" + tool + "' was stopped");
                stopped.initCause(failed);
                throw stopped;
            }
            hasFailed = true;
            throw new IOException(
                    "the MCP server gave no answer to the call of '" + tool + "', which may have been executed: "
                            + failed.getMessage(),
                    failed);
        } finally {
            if (used != null) {
                giveBack(used, hasFailed);
            }
        }
    }

    private static boolean isInterruption(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }
}
