package dev.clew.index;

import dev.clew.value.IllegalRequestException;

/**
 * What a server wants to be stored of a request, in the transaction of what the request asks for. The store has it as a {@link
 * RequestRecord} then, which ends in the transaction in which its run rests.
 *
 * <pre>{@code
 * RunConfig config = RunConfig.thread("chat-1").request(new RequestNote("r-1", body, content));
 * workflow.enqueue(input, config);
 * }</pre>
 *
 * @param requestId unique within the thread; of an input, it is the run's id, too
 * @param asked what is asked for, in a form that is the same if the same is asked: only a digest of it is stored
 * @param content whatever is to be found again, such as who asked; stored as the graph's codec protects it; not copied, so it
 *     must not be changed afterwards
 */
public record RequestNote(String requestId, String asked, byte[] content) {
    public RequestNote {
        if (requestId.isBlank()) {
            throw new IllegalRequestException("a request's id must not be blank");
        }
    }
}
