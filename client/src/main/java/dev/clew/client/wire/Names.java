package dev.clew.client.wire;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as servers take them. */
public final class Names {
    private static final UUID NAMESPACE = UUID.fromString("7d3f5f0e-1f0a-4f6e-9d53-0c7b52f1a9c4");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:_-][A-Za-z0-9._:-]*");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

    private Names() {}

    /**
     * The UUID of a text: the same text always has the same one (RFC 9562, version 5).
     *
     * <pre>{@code
     * Names.uuid("chat-1")
     * }</pre>
     */
    public static String uuid(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .flip());
            ByteBuffer hash = ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
            long high = hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L;
            long low = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
            return new UUID(high, low).toString();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-1", missing);
        }
    }

    /** A thread's id as this server takes it: LangGraph's take UUIDs alone. */
    public static String thread(ServerKind kind, String threadId) {
        return kind == ServerKind.CLEW || isUuid(threadId) ? threadId : uuid(threadId);
    }

    private static boolean isUuid(String text) {
        try {
            return text.length() == 36 && UUID.fromString(text) != null;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** The id of a request, which is sent as a header. */
    public static String key(String requestId) {
        return KEY.matcher(requestId).matches() ? requestId : uuid(requestId);
    }

    /** An id as a segment of a path. Web servers refuse some texts there, which Clew's server takes in Base64. */
    static String segment(String id) {
        return PLAIN.matcher(id).matches()
                ? id
                : "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    /** A text as a value of a query. */
    static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
