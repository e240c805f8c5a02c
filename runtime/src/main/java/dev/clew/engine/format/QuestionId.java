package dev.clew.engine.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Makes the ids by which questions are answered, and runs of detached children are found: hashes of place and content. */
public final class QuestionId {
    /** 32 hexadecimal digits, as clients of LangGraph expect of an interrupt. */
    private static final int BYTES = 16;

    /** A child that an earlier version started is found by the same id. */
    private static final int CHILD_BYTES = 8;

    /** Cloning one that is never fed takes less than looking the algorithm up. */
    private static final MessageDigest FRESH = fresh();

    private QuestionId() {}

    /** Gives the id of a question: 32 hexadecimal digits. */
    public static String of(String threadId, String runId, String path, byte[] digest) {
        return hash(threadId, runId, path, digest, BYTES);
    }

    /** Gives what names the run of a detached child: 16 hexadecimal digits. */
    public static String ofChild(String threadId, String runId, String path, byte[] purpose) {
        return hash(threadId, runId, path, purpose, CHILD_BYTES);
    }

    private static String hash(String threadId, String runId, String path, byte[] content, int bytes) {
        MessageDigest sha = copy();
        for (String part : List.of(threadId, runId, path)) {
            sha.update(part.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
        }
        return HexFormat.of().formatHex(sha.digest(content), 0, bytes);
    }

    private static MessageDigest copy() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            return fresh();
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
