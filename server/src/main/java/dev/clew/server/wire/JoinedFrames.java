package dev.clew.server.wire;

import dev.clew.server.feed.FeedEntry;
import dev.clew.server.feed.FeedEvent;
import dev.clew.server.feed.FeedPosition;
import dev.clew.server.feed.FeedReader;
import dev.clew.server.feed.SharedFrames;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.Frames;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all runs of a thread do, one after the other, in the form of the run endpoints, with an event at the end of each. It
 * does not end by itself. Used by one thread at a time.
 */
public final class JoinedFrames implements Frames {
    private final FeedReader reader;
    private final long after;
    private final Runs runs;
    private final Queue<byte[]> ready = new ArrayDeque<>();
    private @Nullable One one;

    /** Finds out what is told of a request. */
    @FunctionalInterface
    public interface Runs {
        /** What is told of a request that lets a run begin or continue; null for nothing. */
        @Nullable
        Told told(int run, String requestId);
    }

    /**
     * What is told of a request.
     *
     * @param modes which events are wanted beside its beginning and its end
     * @param subgraphs whether those of child workflows and inner graphs are wanted, too
     */
    public record Told(RunFrames.Subject subject, Set<String> modes, boolean subgraphs) {}

    /**
     * Frames of what a reader reads.
     *
     * @param reader begins with a run, not inside of one
     * @param after the position after which the client reads on
     */
    public JoinedFrames(FeedReader reader, long after, Runs runs) {
        this.reader = reader;
        this.after = after;
        this.runs = runs;
    }

    /** One request and its frames, which are made of the entries that are given to them. */
    private static final class One implements FeedReader {
        private final RunFrames.Subject subject;
        private final SharedFrames shared;
        private final RunFrames frames;
        private @Nullable FeedEntry given;

        One(Told told, long after, SharedFrames shared) {
            this.shared = shared;
            this.subject = told.subject();
            this.frames = new RunFrames(this, after, told.subject(), told.modes(), told.subgraphs(), () -> {});
        }

        void tell(FeedEntry entry, Queue<byte[]> into) {
            given = entry;
            for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
                into.add(frame);
            }
        }

        @Override
        public @Nullable FeedEntry next() {
            FeedEntry entry = given;
            given = null;
            return entry;
        }

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public SharedFrames shared() {
            return shared;
        }

        @Override
        public void onMore(Runnable waiting) {
            throw new IllegalStateException("entries are given, not waited for");
        }

        @Override
        public void close() {}
    }

    @Override
    public byte @Nullable [] next() {
        while (ready.isEmpty()) {
            FeedEntry entry = reader.next();
            if (entry == null) {
                return null;
            }
            tell(entry);
        }
        return ready.poll();
    }

    private void tell(FeedEntry entry) {
        if (entry.event() instanceof FeedEvent.Began began) {
            Told told = runs.told(FeedPosition.run(entry.position()), began.requestId());
            one = told == null ? null : new One(told, after, reader.shared());
        }
        One present = one;
        if (present == null) {
            return;
        }
        present.tell(entry, ready);
        if (entry.event() instanceof FeedEvent.Rested) {
            done(entry, present.subject);
        }
    }

    /** The last of the places of the entry: what the run itself says at its end takes the first ones. */
    private void done(FeedEntry entry, RunFrames.Subject subject) {
        long place = entry.position() + FeedPosition.PARTS - 1;
        if (place > after) {
            ObjectNode data = Json.object();
            data.put("status", "run_done");
            data.put("run_id", subject.requestId());
            ready.add(SseFrame.of("metadata", data, FeedPosition.id(place)));
        }
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
