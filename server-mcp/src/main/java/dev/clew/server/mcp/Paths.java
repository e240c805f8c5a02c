package dev.clew.server.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Addresses of the server. An id is written in the form that takes any characters. */
final class Paths {
    private Paths() {}

    static String assistant(String id) {
        return "/assistants/" + written(id);
    }

    static String thread(String id) {
        return "/threads/" + written(id);
    }

    static String runs(String threadId) {
        return thread(threadId) + "/runs";
    }

    static String run(String threadId, String id) {
        return runs(threadId) + "/" + written(id);
    }

    private static String written(String id) {
        return "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }
}
