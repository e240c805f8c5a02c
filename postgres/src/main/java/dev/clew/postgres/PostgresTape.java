package dev.clew.postgres;

import dev.clew.index.Tape;
import dev.clew.index.TapePiece;
import dev.clew.index.TapePlace;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The tapes of a schema's runs. */
record PostgresTape(Pool pool, StoreTime time) implements Tape {
    @Override
    public boolean append(String threadId, int run, byte[] bytes) {
        return pool.call("appending to a tape", session -> TapeRows.append(session, threadId, run, bytes, time));
    }

    @Override
    public List<TapePiece> read(Collection<TapePlace> after, int limit) {
        return pool.call("reading tapes", session -> TapeRows.after(session, List.copyOf(after), limit));
    }

    @Override
    public Optional<TapePiece> newest(String threadId, int run) {
        return pool.call("reading a tape", session -> TapeRows.newest(session, threadId, run));
    }

    @Override
    public int tidy() {
        return pool.call("tidying tapes", session -> TapeRows.tidy(session, time));
    }
}
