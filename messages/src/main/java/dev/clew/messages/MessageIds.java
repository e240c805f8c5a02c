package dev.clew.messages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Makes ids of messages: short hashes of what the message comes from, so that a replay gives the same ids.
 *
 * <pre>{@code
 * AiMessage answer = client.call(request, call).withId(MessageIds.ofAttempt(context.stepId(), context.attempt()));
 * }</pre>
 */
public final class MessageIds {
    private static final int BYTES = 12;

    private MessageIds() {}

    /**
     * Returns the id of the message that an attempt of a step makes. Pieces that the attempt emits have this id, too, and so has
     * the first message of a model that a node returns without an id.
     */
    public static String ofAttempt(String stepId, int attempt) {
        return of(stepId, "attempt", String.valueOf(attempt));
    }

    /** Returns the id of something that comes from there: other texts, or as many others, give another id. */
    public static String of(String... origin) {
        MessageDigest digest = digest();
        for (String text : origin) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((byte) (bytes.length >> 8));
            digest.update((byte) bytes.length);
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
