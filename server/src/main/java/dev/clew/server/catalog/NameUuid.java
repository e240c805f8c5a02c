package dev.clew.server.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * UUIDs of names: the same name always has the same one (RFC 9562, version 5).
 *
 * <pre>{@code
 * NameUuid.ofAssistant("essay");   // 040926e3-004c-50e9-98a6-8737455745d9
 * }</pre>
 */
public final class NameUuid {
    /** The namespace from which LangGraph's servers make the ids of their assistants; so ids outlive a change of server. */
    private static final UUID ASSISTANTS = UUID.fromString("6ba7b821-9dad-11d1-80b4-00c04fd430c8");

    private static final UUID TASKS = UUID.fromString("2b1a1b4e-6f55-4b7a-9f9c-3d1f0b0c8e11");

    private static final UUID ALONE = UUID.fromString("5d0c0f0a-2f7e-4c33-8a55-1f6e2a9b7c40");

    private static final UUID MESSAGES = UUID.fromString("0b8f6c1d-7d43-4f0e-9a52-6c1f4e5d2a77");

    private NameUuid() {}

    /** The id of the assistant that every graph has. */
    public static String ofAssistant(String graphId) {
        return of(ASSISTANTS, graphId).toString();
    }

    /** The id of a step of a run. */
    public static String ofStep(String threadId, String runId, String path) {
        return of(TASKS, threadId + '\n' + runId + '\n' + path).toString();
    }

    /** The thread of a run that has none of its client's, but a key of its caller's. */
    public static String ofRunAlone(String identity, String key) {
        return of(ALONE, identity + '\n' + key).toString();
    }

    /** The request that a message of a client is, to an assistant; the task is empty if the message begins one. */
    public static String ofMessage(String assistantId, String taskId, String messageId) {
        return of(MESSAGES, assistantId + '\n' + taskId + '\n' + messageId).toString();
    }

    private static UUID of(UUID namespace, String name) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .flip());
            ByteBuffer hash = ByteBuffer.wrap(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
            long high = hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L;
            long low = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-1", missing);
        }
    }
}
