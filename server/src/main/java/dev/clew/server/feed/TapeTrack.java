package dev.clew.server.feed;

import dev.clew.index.TapePiece;
import dev.clew.index.TapePlace;
import dev.clew.server.catalog.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a feed knows of its run's tape. While another process executes the run, what the log has is shown only as far as the tape
 * goes, so that a reader sees both in their order. Its feed's lock guards it; the horizon may be read without.
 */
final class TapeTrack {
    /** How long the tape is waited for that should come. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The same, if the run rests and nothing came. */
    private static final long SHORT_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Tapes tapes;
    private final Served served;
    private final String threadId;
    private final String runId;

    private @Nullable Boolean wanted;
    private boolean fresh;
    private boolean here;
    private boolean read;
    private long seq;
    private boolean any;
    private boolean finished;
    private long lateSince;
    private volatile long horizon = Long.MAX_VALUE;

    TapeTrack(Tapes tapes, Served served, String threadId, String runId) {
        this.tapes = tapes;
        this.served = served;
        this.threadId = threadId;
        this.runId = runId;
    }

    /** Up to which position readers may read. */
    long horizon() {
        return horizon;
    }

    /** A run that is about to begin, whose request asks for a tape, or not. */
    void expect(boolean taped, boolean isNew) {
        if (taped || wanted == null) {
            wanted = taped;
        }
        fresh = isNew && !read;
        if (taped && !here && !fresh) {
            hide();
        }
    }

    /** Nothing of the tape was read yet, so nothing of the run is shown that may come after it. */
    private void hide() {
        if (horizon == Long.MAX_VALUE) {
            horizon = 0;
        }
    }

    boolean isTaped() {
        if (wanted == null) {
            wanted = tapes.isWanted(threadId, runId);
        }
        if (wanted && !here && !fresh) {
            hide();
        }
        return wanted;
    }

    /** The run is being executed, maybe after requests that are not known yet. */
    boolean isTapedNow() {
        if (!Boolean.TRUE.equals(wanted) && !fresh) {
            wanted = null;
        }
        return isTaped();
    }

    /** Whether this process enqueued it, and nothing of it was ever read. */
    boolean isFresh() {
        return fresh;
    }

    boolean isHere() {
        return here;
    }

    /** Whether it is another process whose tape is to be read. */
    boolean isWatched() {
        return Boolean.TRUE.equals(wanted) && !here && read;
    }

    TapePlace place(int run) {
        return new TapePlace(threadId, run, seq);
    }

    /** What must be read before anything of the run is shown. */
    List<TapeStrip> unread(int run) {
        // It is stored, so it was begun: here, or elsewhere.
        fresh = false;
        return isTaped() && !here && !read ? readOn(run) : List.of();
    }

    List<TapeStrip> readOn(int run) {
        return strips(tapes.after(place(run)));
    }

    List<TapeStrip> strips(List<TapePiece> pieces) {
        List<TapeStrip> strips = new ArrayList<>();
        for (TapePiece piece : pieces) {
            if (piece.seq() > seq) {
                seq = piece.seq();
                strips.add(Tapes.strip(served, piece));
            }
        }
        return strips;
    }

    /** The log was read. */
    void wasRead() {
        read = true;
        fresh = false;
    }

    /** Whether pieces before this one are gone. */
    boolean misses(TapeStrip strip) {
        return !any && !strip.isFirst();
    }

    /** All of a strip is among the feed's entries. */
    void played(TapeStrip strip) {
        any = true;
        finished = strip.isLast();
        if (!here && strip.through() > horizon) {
            horizon = strip.through();
            lateSince = 0;
        }
    }

    boolean isEmpty() {
        return !any;
    }

    /** Whether a process began to tell of the run and did not come to an end. */
    boolean isCut() {
        return any && !finished;
    }

    void begins() {
        here = true;
        any = true;
        finished = false;
        fresh = false;
        horizon = Long.MAX_VALUE;
    }

    /** This process executes the run no more. */
    void leaves(long newest) {
        here = false;
        read = true;
        finished = true;
        lateSince = 0;
        horizon = Boolean.TRUE.equals(wanted) ? newest : Long.MAX_VALUE;
    }

    /**
     * The tape is waited for no longer.
     *
     * @param newest the position of the newest entry
     */
    boolean isImpatient(long newest, boolean rests) {
        if (here || newest <= horizon) {
            lateSince = 0;
            return false;
        }
        long now = System.nanoTime();
        if (lateSince == 0) {
            lateSince = now;
        }
        return now - lateSince > (any || !rests ? PATIENCE_NANOS : SHORT_PATIENCE_NANOS);
    }

    void show(long newest) {
        horizon = newest;
        lateSince = 0;
    }
}
