package dev.clew.server.a2a;

import dev.clew.server.chat.ChatShape;
import dev.clew.server.feed.FeedEntry;
import dev.clew.server.feed.FeedEvent;
import dev.clew.server.feed.FeedReader;
import dev.clew.server.kernel.Frames;
import dev.clew.server.view.Scalars;
import dev.clew.server.wire.SseFrame;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a task does, from one message of the user until it rests. Used by one thread at a time. */
public final class A2aFrames implements Frames {
    /** An update has all of a message's text. So that a long one is not sent as often as it has tokens, it must have grown by this part. */
    private static final int PART = 32;

    private final Rpc rpc;
    private final TaskId task;
    private final String assistantId;
    private final Scalars scalars;
    private final FeedReader reader;
    private final long after;
    private final Queue<byte[]> ready = new ArrayDeque<>();
    private final Map<String, Text> texts = new HashMap<>();

    /** A message that the agent writes. */
    private static final class Text {
        private final StringBuilder said = new StringBuilder();
        private int told;

        boolean isDue() {
            return said.length() > told && (said.length() - told) * PART >= told;
        }
    }

    /**
     * Frames of what a reader reads.
     *
     * @param rpc the message that asks for them
     * @param first the task as it is now
     * @param assistantId what executes it
     * @param scalars how values travel that are no objects
     * @param after the position of the last event that came before the message
     */
    public A2aFrames(Rpc rpc, TaskFacts first, String assistantId, Scalars scalars, FeedReader reader, long after) {
        this.rpc = rpc;
        this.task = first.id();
        this.assistantId = assistantId;
        this.scalars = scalars;
        this.reader = reader;
        this.after = after;
        send(rpc.dialect().first(first));
    }

    @Override
    public byte @Nullable [] next() {
        while (ready.isEmpty()) {
            FeedEntry entry = reader.next();
            if (entry == null) {
                return null;
            }
            if (entry.position() > after) {
                tell(entry);
            }
        }
        return ready.poll();
    }

    private void tell(FeedEntry entry) {
        FeedEvent event = entry.event();
        if (event instanceof FeedEvent.Piece piece) {
            say(piece, entry.at());
        } else if (event instanceof FeedEvent.Voided voided) {
            texts.remove(voided.messageId());
        } else if (event instanceof FeedEvent.Rested rested && reader.isOver()) {
            rested(rested.end(), entry.at());
        }
    }

    private void send(ObjectNode result) {
        ready.add(SseFrame.of("message", rpc.answer(result), null));
    }

    private void say(FeedEvent.Piece piece, Instant at) {
        Text text = texts.computeIfAbsent(piece.messageId(), id -> new Text());
        text.said.append(piece.chunk().text());
        if (text.isDue()) {
            text.told = text.said.length();
            Said said = new Said(piece.messageId(), false, List.of(new Part.Text(text.said.toString())));
            send(rpc.dialect().update(task, new TaskFacts.Status(TaskState.WORKING, at, said), false));
        }
        if (piece.chunk().isLast()) {
            texts.remove(piece.messageId());
        }
    }

    private void rested(FeedEvent.End end, Instant at) {
        if (end instanceof FeedEvent.End.Completed completed) {
            send(rpc.dialect()
                    .update(task, TaskContent.artifact(task, assistantId, TaskContent.result(answer(completed)))));
            last(TaskState.COMPLETED, at, null);
        } else if (end instanceof FeedEvent.End.Paused paused) {
            List<Part> questions = TaskContent.questions(paused.questions());
            if (!questions.isEmpty()) {
                send(rpc.dialect().update(task, TaskContent.interrupt(task, questions)));
            }
            last(TaskState.INPUT_REQUIRED, at, TaskContent.asking(task, questions));
        } else if (end instanceof FeedEvent.End.Failed failed) {
            last(TaskState.FAILED, at, TaskContent.failure(task, failed.error()));
        } else {
            last(TaskState.CANCELED, at, null);
        }
    }

    private JsonNode answer(FeedEvent.End.Completed completed) {
        JsonNode result = scalars.out(completed.result());
        return ChatShape.answer(result).isEmpty()
                        && ChatShape.answer(completed.values()).isPresent()
                ? completed.values()
                : result;
    }

    private void last(TaskState state, Instant at, @Nullable Said message) {
        send(rpc.dialect().update(task, new TaskFacts.Status(state, at, message), true));
    }

    @Override
    public boolean isOver() {
        return ready.isEmpty() && reader.isOver();
    }

    @Override
    public void onMore(Runnable waiting) {
        if (ready.isEmpty()) {
            reader.onMore(waiting);
        } else {
            waiting.run();
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
