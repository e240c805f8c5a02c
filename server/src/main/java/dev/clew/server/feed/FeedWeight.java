package dev.clew.server.feed;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** About how many bytes of memory an event takes, so that what is kept for readers who come back can be bounded. */
final class FeedWeight {
    /** About an entry without its values; too large rather than too small: a result that is its values, too, counts twice. */
    private static final long ENTRY = 200;

    private static final long NODE = 40;

    private FeedWeight() {}

    static long of(FeedEntry entry) {
        FeedEvent event = entry.event();
        long pieces =
                event instanceof FeedEvent.Piece piece ? piece.chunk().text().length() : 0;
        return ENTRY + pieces + values(event).mapToLong(FeedWeight::of).sum();
    }

    private static Stream<@Nullable JsonNode> values(FeedEvent event) {
        if (event instanceof FeedEvent.Began e) {
            return Stream.of(e.values());
        } else if (event instanceof FeedEvent.Started e) {
            return Stream.of(e.input());
        } else if (event instanceof FeedEvent.Ended e) {
            return Stream.of(e.result(), e.error());
        } else if (event instanceof FeedEvent.Emitted e) {
            return Stream.of(e.value());
        } else if (event instanceof FeedEvent.Values e) {
            return Stream.of(e.values());
        } else if (event instanceof FeedEvent.Asked e) {
            return Stream.of(e.question());
        } else if (event instanceof FeedEvent.Rested e) {
            return values(e.end());
        }
        return Stream.of();
    }

    private static Stream<@Nullable JsonNode> values(FeedEvent.End end) {
        if (end instanceof FeedEvent.End.Completed e) {
            return Stream.of(e.result(), e.values());
        } else if (end instanceof FeedEvent.End.Paused e) {
            return Stream.of(e.values(), e.questions());
        } else if (end instanceof FeedEvent.End.Failed e) {
            return Stream.of(e.error());
        }
        return Stream.of();
    }

    private static long of(@Nullable JsonNode value) {
        if (value == null) {
            return 0;
        }
        if (value.isString()) {
            return NODE + value.stringValue().length();
        }
        long names = value.propertyNames().stream()
                .mapToLong(name -> NODE + name.length())
                .sum();
        return NODE + names + value.values().stream().mapToLong(FeedWeight::of).sum();
    }
}
