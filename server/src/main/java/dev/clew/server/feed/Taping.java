package dev.clew.server.feed;

import dev.clew.server.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what this process hears of one run onto the run's tape, at most each tenth of a second. What could not be put there is a
 * gap. Its feed's lock guards what is heard; appending holds up nobody but the next append.
 */
final class Taping {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");

    private static final long OFTEN_MILLIS = 100;

    /** About how large a strip gets. */
    private static final int STRIP_BYTES = 256 << 10;

    /** An event that is larger is left out. */
    private static final int LARGEST_BYTES = 4 << 20;

    private final Tapes tapes;
    private final RunFeed feed;

    // Guarded by the feed.
    private final List<FeedEntry> heard = new ArrayList<>();
    private boolean due;
    private boolean last;
    private boolean first;
    private boolean over;

    /** @param first whether the tape is empty */
    Taping(Tapes tapes, RunFeed feed, boolean first) {
        this.tapes = tapes;
        this.feed = feed;
        this.first = first;
    }

    /** What is put there in one go. */
    private record Cut(List<FeedEntry> entries, long through, boolean first, boolean last) {}

    // --- with the feed's lock ---

    /** Says at once that there is a tape: who watches waits for it then. */
    void begin() {
        due = true;
        tapes.later(this::flush, 0);
    }

    void add(FeedEntry entry) {
        heard.add(entry);
        news();
    }

    /** There is something new, if only in the log. */
    void news() {
        if (!due) {
            due = true;
            tapes.later(this::flush, OFTEN_MILLIS);
        }
    }

    /** Nothing more is heard. */
    void finish() {
        last = true;
        due = true;
        tapes.later(this::flush, 0);
    }

    private Optional<Cut> cut() {
        if (over) {
            return Optional.empty();
        }
        over = last;
        Cut cut = new Cut(List.copyOf(heard), feed.newest(), first, last);
        heard.clear();
        due = false;
        first = false;
        return Optional.of(cut);
    }

    // --- without ---

    private synchronized void flush() {
        feed.locked(this::cut).ifPresent(this::append);
    }

    private void append(Cut cut) {
        try {
            for (TapeStrip strip : strips(cut)) {
                tapes.append(feed.served(), feed.threadId(), feed.number(), strip);
            }
        } catch (RuntimeException failed) {
            LOG.warn(
                    "what run '{}' of thread '{}' tells could not be put on its tape",
                    feed.runId(),
                    feed.threadId(),
                    failed);
            feed.locked(() -> {
                lost(cut);
                return true;
            });
        }
    }

    /** Names what is missing with the next strip. */
    private void lost(Cut cut) {
        first |= cut.first();
        over = false;
        if (!cut.entries().isEmpty()) {
            FeedEntry missing = cut.entries().get(cut.entries().size() - 1);
            heard.add(0, gap(missing));
        }
        news();
    }

    private static FeedEntry gap(FeedEntry missing) {
        return new FeedEntry(missing.position(), missing.at(), new FeedEvent.Gap());
    }

    private static List<TapeStrip> strips(Cut cut) {
        List<TapeStrip> strips = new ArrayList<>();
        List<FeedEntry> entries = new ArrayList<>();
        boolean first = cut.first();
        int bytes = 0;
        for (FeedEntry entry : cut.entries()) {
            int size = Json.bytes(TapeEvents.write(entry)).length;
            entries.add(size > LARGEST_BYTES ? gap(entry) : entry);
            bytes += size;
            if (bytes > STRIP_BYTES) {
                strips.add(new TapeStrip(entries, entry.position(), first, false));
                entries = new ArrayList<>();
                first = false;
                bytes = 0;
            }
        }
        strips.add(new TapeStrip(entries, cut.through(), first, cut.last()));
        return strips;
    }
}
