package dev.clew.server.feed;

import dev.clew.index.Tape;
import dev.clew.index.TapePiece;
import dev.clew.index.TapePlace;
import dev.clew.server.catalog.Served;
import dev.clew.value.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tapes of a store's runs, whose strips the codec of the workflow protects. Thread-safe. */
final class Tapes {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");

    private static final int PAGE = 64;

    private final Tape tape;
    private final BiPredicate<String, String> wanted;
    private final BiConsumer<Runnable, Long> later;

    /**
     * Tapes.
     *
     * @param wanted whether the requests of a thread's run ask for a tape
     * @param later has something done by another thread, after so many milliseconds
     */
    Tapes(Tape tape, BiPredicate<String, String> wanted, BiConsumer<Runnable, Long> later) {
        this.tape = tape;
        this.wanted = wanted;
        this.later = later;
    }

    boolean isWanted(String threadId, String runId) {
        return wanted.test(threadId, runId);
    }

    void later(Runnable work, long millis) {
        later.accept(work, millis);
    }

    /** What is new on a tape. */
    List<TapePiece> after(TapePlace place) {
        List<TapePiece> all = new ArrayList<>();
        List<TapePiece> page;
        TapePlace from = place;
        do {
            page = tape.read(List.of(from), PAGE);
            all.addAll(page);
            if (!page.isEmpty()) {
                from = new TapePlace(
                        place.threadId(), place.run(), page.get(page.size() - 1).seq());
            }
        } while (page.size() == PAGE);
        return all;
    }

    /** What is new on some tapes; if there are as many as the limit, there may be more. */
    List<TapePiece> after(List<TapePlace> places, int limit) {
        return tape.read(places, limit);
    }

    /** A piece in clear; one that cannot be read has nothing. */
    static TapeStrip strip(Served served, TapePiece piece) {
        try {
            return TapeStrip.read(served.codec().reveal(piece.bytes(), place(piece.threadId(), piece.run())));
        } catch (RuntimeException unreadable) {
            LOG.warn(
                    "a piece of the tape of run {} of thread '{}' cannot be read, and is left out",
                    piece.run(),
                    piece.threadId(),
                    unreadable);
            return new TapeStrip(List.of(), 0, false, false);
        }
    }

    void append(Served served, String threadId, int run, TapeStrip strip) {
        byte[] bytes = served.codec().protect(strip.bytes(), place(threadId, run));
        if (!tape.append(threadId, run, bytes)) {
            LOG.debug("thread '{}' is gone, nothing is put on its tape", threadId);
        }
    }

    private static Codec.Place place(String threadId, int run) {
        return new Codec.Place("tape", threadId + ":" + run);
    }

    /** Forgets what is over. */
    void tidy() {
        while (tape.tidy() > 0) {
            LOG.trace("there may be more that is over");
        }
    }
}
