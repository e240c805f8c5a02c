package dev.clew.samples.notes;

import dev.clew.jvector.JVectorIndexer;
import dev.clew.sqlite.Sqlite;
import dev.clew.store.Embedder;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import dev.clew.store.VectorIndexOptions;
import java.util.List;
import java.util.Map;

/** Keeps letters, and has an approximate index of them when they are many. */
public final class Archive {
    private static final Namespace LETTERS = Namespace.of("letters");

    private final Store store;

    public Archive(Sqlite db, Embedder embedder) {
        var options = StoreOptions.defaults()
                .embedder(embedder, "text")
                .vectorIndex(VectorIndexOptions.of(JVectorIndexer.standard()));
        this.store = db.store(options);
    }

    public record Letter(String text) {}

    /** All letters, or none if one is refused. */
    public void add(Map<String, String> textsByKey) {
        store.batch(textsByKey.entrySet().stream()
                .map(each -> Put.of(LETTERS, each.getKey(), new Letter(each.getValue())))
                .toList());
    }

    /** The keys of the letters that are about this. */
    public List<String> about(String subject) {
        return store.search(Search.in(LETTERS, Letter.class).query(subject).limit(3)).stream()
                .map(Hit::key)
                .toList();
    }
}
