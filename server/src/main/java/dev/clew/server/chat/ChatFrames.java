package dev.clew.server.chat;

import dev.clew.server.feed.FeedEntry;
import dev.clew.server.feed.FeedEvent;
import dev.clew.server.feed.FeedReader;
import dev.clew.server.kernel.Frames;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tokens of one run as a stream of a chat, and its answer as far as the tokens did not say it. Used by one thread at a
 * time.
 */
public final class ChatFrames implements Frames {
    /** What a workflow that asks cannot be used for. */
    public static final String ASKS =
            "the workflow asks something, for which a chat of this form has no place; run it on a thread";

    /** What a workflow without a text cannot be used for. */
    public static final String NO_TEXT = "the workflow gave no text";

    private final FeedReader reader;
    private final Completion completion;
    private final Queue<byte[]> ready = new ArrayDeque<>();
    private final StringBuilder said = new StringBuilder();

    public ChatFrames(FeedReader reader, Completion completion) {
        this.reader = reader;
        this.completion = completion;
        ready.add(completion.first());
    }

    @Override
    public byte @Nullable [] next() {
        while (ready.isEmpty()) {
            FeedEntry entry = reader.next();
            if (entry == null) {
                return null;
            }
            if (entry.event() instanceof FeedEvent.Piece piece) {
                say(piece.chunk().text());
            } else if (entry.event() instanceof FeedEvent.Rested rested && reader.isOver()) {
                rested(rested.end());
            }
        }
        return ready.poll();
    }

    private void say(String text) {
        if (!text.isEmpty()) {
            said.append(text);
            ready.add(completion.more(text));
        }
    }

    private void rested(FeedEvent.End end) {
        if (end instanceof FeedEvent.End.Completed completed) {
            JsonNode result =
                    ChatShape.answer(completed.result()).isPresent() ? completed.result() : completed.values();
            ChatShape.answer(result).ifPresentOrElse(this::answered, () -> failed(NO_TEXT));
        } else if (end instanceof FeedEvent.End.Failed failed) {
            failed(failed.error().path("error").asString("") + ": "
                    + failed.error().path("message").asString(""));
        } else if (end instanceof FeedEvent.End.Paused) {
            failed(ASKS);
        } else {
            failed("the run was cancelled");
        }
    }

    /** Tokens of several steps may have been said; what is missing of the answer comes after them. */
    private void answered(String text) {
        if (!said.toString().endsWith(text)) {
            ready.add(completion.more(said.isEmpty() ? text : "\n\n" + text));
        }
        ready.add(completion.last());
        ready.add(Completion.DONE);
    }

    private void failed(String why) {
        ready.add(Completion.failed(why));
        ready.add(Completion.DONE);
    }

    @Override
    public boolean isOver() {
        return ready.isEmpty() && reader.isOver();
    }

    @Override
    public void onMore(Runnable waiting) {
        reader.onMore(waiting);
    }

    @Override
    public void close() {
        reader.close();
    }
}
