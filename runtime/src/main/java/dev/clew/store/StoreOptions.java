package dev.clew.store;

import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a store is to behave. Immutable.
 *
 * <pre>{@code
 * var options = StoreOptions.defaults()
 *     .embedder(Embedder.hashedNgrams(), "title", "text")
 *     .timeToLive(Duration.ofDays(90));
 * }</pre>
 *
 * @param codec how documents are encoded and, where it encrypts, protected
 * @param embedder what gives documents and queries their vectors; null for none: queries then rank nothing
 * @param fields the paths whose texts are embedded where a {@link Put} does not say
 * @param timeToLive how long documents live where a {@link Put} does not say; null for ever
 * @param refreshOnRead whether reading a document starts its time to live anew where a request does not say
 * @param vectorIndex how large namespaces are searched approximately; null to rank exactly always
 */
public record StoreOptions(
        Codec codec,
        @Nullable Embedder embedder,
        List<FieldPath> fields,
        @Nullable Duration timeToLive,
        boolean refreshOnRead,
        @Nullable VectorIndexOptions vectorIndex) {
    public StoreOptions {
        fields = List.copyOf(fields);
        Expiry.checkTimeToLive(timeToLive);
    }

    /** Documents are JSON and stay, nothing is embedded, and reading refreshes what has an end. */
    public static StoreOptions defaults() {
        return new StoreOptions(JsonCodec.standard(), null, List.of(), null, true, null);
    }

    /** How documents are encoded and, where the codec encrypts, protected. */
    public StoreOptions codec(Codec codec) {
        return new StoreOptions(codec, embedder, fields, timeToLive, refreshOnRead, vectorIndex);
    }

    /**
     * Ranks searches by meaning.
     *
     * @param paths the {@linkplain FieldPath#parse paths} of the texts that are embedded; the whole document if none
     */
    public StoreOptions embedder(Embedder embedder, String... paths) {
        List<FieldPath> embedded = paths.length == 0 ? FieldPaths.parse("$") : FieldPaths.parse(paths);
        return new StoreOptions(codec, embedder, embedded, timeToLive, refreshOnRead, vectorIndex);
    }

    /** How long documents live where a {@link Put} does not say. */
    public StoreOptions timeToLive(Duration timeToLive) {
        return new StoreOptions(codec, embedder, fields, timeToLive, refreshOnRead, vectorIndex);
    }

    /** Whether reading a document starts its time to live anew; it does if not set. */
    public StoreOptions refreshOnRead(boolean refresh) {
        return new StoreOptions(codec, embedder, fields, timeToLive, refresh, vectorIndex);
    }

    /** Searches namespaces that have many vectors approximately; all are ranked exactly if not set. */
    public StoreOptions vectorIndex(VectorIndexOptions approximate) {
        return new StoreOptions(codec, embedder, fields, timeToLive, refreshOnRead, approximate);
    }
}
