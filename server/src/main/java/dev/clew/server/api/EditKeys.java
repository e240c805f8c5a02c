package dev.clew.server.api;

import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RunConfig;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.view.Ids;
import dev.clew.state.CheckpointQuery;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The keys that clients give edits of threads, so that an edit whose answer was lost is sent once more and made once. A key is
 * metadata of the checkpoint that the edit makes, so it is stored in one transaction with it. Thread-safe; of two requests of one
 * key at the same moment, on two servers, both may be made.
 *
 * <pre>{@code
 * RunConfig made = keys.once(request, served, RunConfig.thread(id), config -> workflow.updateState(config, value));
 * }</pre>
 */
public final class EditKeys {
    private static final String KEY = "clew_edit";
    private static final String DIGEST = "clew_edit_digest";

    /** A fork inherits metadata, so the checkpoint that an edit made is the oldest one with its key. */
    private static final int MOST_HEIRS = 1_000;

    private final Object[] locks = new Object[64];

    public EditKeys() {
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new Object();
        }
    }

    /**
     * Makes an edit, unless the request has a key of which one was made.
     *
     * @param config names the thread
     * @return what the edit returned, or the checkpoint that it had made
     * @throws ApiRefusal with 409 if the key was used for another edit
     */
    public RunConfig once(ApiRequest request, Served served, RunConfig config, UnaryOperator<RunConfig> edit) {
        String key = request.header("idempotency-key")
                .map(given -> Ids.require("Idempotency-Key", given))
                .orElse(null);
        if (key == null) {
            return edit.apply(config);
        }
        String threadId = config.threadId().orElseThrow();
        String digest = digest(request);
        synchronized (locks[Math.floorMod(threadId.hashCode(), locks.length)]) {
            Optional<HistoryEntry<Object>> made = made(served, threadId, key);
            if (made.isEmpty()) {
                return edit.apply(config.metadata(KEY, key).metadata(DIGEST, digest));
            }
            if (!digest.equals(made.get().metadata().get(DIGEST))) {
                throw ApiRefusal.conflict("the Idempotency-Key '" + key + "' was used for another edit of thread '"
                        + threadId + "'; give each edit a key of its own");
            }
            return RunConfig.thread(threadId).checkpoint(made.get().id());
        }
    }

    private static Optional<HistoryEntry<Object>> made(Served served, String threadId, String key) {
        List<HistoryEntry<Object>> all = served.workflow()
                .history(CheckpointQuery.of(threadId).metadata(Map.of(KEY, key)).limit(MOST_HEIRS));
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private static String digest(ApiRequest request) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256")
                    .digest(Json.bytes(request.body().node()));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
