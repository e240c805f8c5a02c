package dev.clew.sqlite;

import dev.clew.index.Tape;
import dev.clew.index.TapePiece;
import dev.clew.index.TapePlace;
import dev.clew.sqlite.Request.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The tapes of a file's runs. */
record SqliteTape(Writer writer, Readers readers, Clock clock) implements Tape {
    @Override
    public boolean append(String threadId, int run, byte[] bytes) {
        return writer.call(new Request<>(
                Kind.undurable(2, bytes.length),
                session -> TapeRows.append(session, threadId, run, clock.millis(), bytes)));
    }

    @Override
    public List<TapePiece> read(Collection<TapePlace> after, int limit) {
        return readers.read("reading tapes", session -> {
            List<TapePiece> found = new ArrayList<>();
            for (TapePlace place : after) {
                if (found.size() < limit) {
                    found.addAll(TapeRows.after(session, place, limit - found.size()));
                }
            }
            return found;
        });
    }

    @Override
    public Optional<TapePiece> newest(String threadId, int run) {
        return readers.read("reading a tape", session -> TapeRows.newest(session, threadId, run));
    }

    @Override
    public int tidy() {
        return writer.call(new Request<>(
                Kind.undurable(1, 0), session -> TapeRows.tidy(session, clock.millis() - KEPT.toMillis())));
    }
}
