package dev.clew.index;

import dev.clew.value.IllegalRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was attached to a thread.
 *
 * <pre>{@code
 * index.create(new ThreadInfo("chat-1", null, metadata, Set.of("owner=\"ann\""), false));
 * }</pre>
 *
 * @param threadId the thread's name
 * @param workflow the stored name of the workflow that it is meant for; null if that is not said
 * @param metadata opaque bytes; not copied, so they must not be changed afterwards
 * @param labels texts that a search looks for, of at most {@value #LONGEST_LABEL} bytes in UTF-8 each
 * @param isTemporary whether it is hidden from searches, because it is deleted when its run is over
 */
public record ThreadInfo(
        String threadId, @Nullable String workflow, byte[] metadata, Set<String> labels, boolean isTemporary) {
    /** How many bytes of UTF-8 a label has at most. */
    public static final int LONGEST_LABEL = 500;

    public ThreadInfo {
        labels = Set.copyOf(labels);
        for (String label : labels) {
            int bytes = label.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST_LABEL) {
                throw new IllegalRequestException("a label of thread '" + threadId + "' has " + bytes
                        + " bytes in UTF-8; at most " + LONGEST_LABEL + " are kept");
            }
        }
    }
}
