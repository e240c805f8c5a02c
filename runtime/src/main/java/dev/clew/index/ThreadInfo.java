package dev.clew.index;

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
 * @param labels texts that a search looks for, of at most 500 bytes in UTF-8 each
 * @param isTemporary whether it is hidden from searches, because it is deleted when its run is over
 */
public record ThreadInfo(
        String threadId, @Nullable String workflow, byte[] metadata, Set<String> labels, boolean isTemporary) {
    public ThreadInfo {
        labels = Set.copyOf(labels);
    }
}
