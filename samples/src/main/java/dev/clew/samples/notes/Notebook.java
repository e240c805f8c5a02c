package dev.clew.samples.notes;

import dev.clew.sqlite.Sqlite;
import dev.clew.store.Embedder;
import dev.clew.store.Filter;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import java.time.Duration;
import java.util.List;

/** Notes a few things about a user, and finds what fits a question. */
public final class Notebook {
    private final Sqlite db;

    public Notebook(Sqlite db) {
        this.db = db;
    }

    public record Note(String text, String lang) {}

    public List<Hit<Note>> find(String userId, String question) {
        Store store = db.store(StoreOptions.defaults().embedder(Embedder.hashedNgrams(), "text"));
        Namespace notes = Namespace.of("users", userId, "notes");
        store.put(notes, "rain", new Note("bring an umbrella", "en"));
        store.put(Put.of(notes, "gift", new Note("likes tea", "en")).timeToLive(Duration.ofDays(30)));

        return store.search(Search.in(notes, Note.class).query(question).filter(Filter.eq("lang", "en")));
    }
}
