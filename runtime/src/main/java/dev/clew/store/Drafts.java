package dev.clew.store;

import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes changes of a shelf out of puts: checked, encoded, embedded and sealed, with nothing stored yet. */
final class Drafts {
    private final StoreOptions options;
    private final Codec codec;
    private final SealedBytes sealed;

    Drafts(StoreOptions options, SealedBytes sealed) {
        this.options = options;
        this.codec = options.codec();
        this.sealed = sealed;
    }

    /** @param clear the encoded document; null to delete */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Draft(
            Put put, byte @Nullable [] clear, @Nullable Object plain, List<String> texts) {}

    /** The changes that these puts ask for, of which the last one of a key counts. All of them are checked. */
    List<ShelfChange> changes(List<Put> puts, Instant now) {
        Map<Address, Draft> drafts = new LinkedHashMap<>();
        for (Put put : puts) {
            drafts.put(new Address(put.namespace(), put.key()), draft(put));
        }
        Iterator<float[]> vectors = vectors(drafts.values().stream()
                        .flatMap(draft -> draft.texts().stream())
                        .toList())
                .iterator();
        List<ShelfChange> changes = new ArrayList<>();
        for (Draft draft : drafts.values()) {
            List<float[]> own = new ArrayList<>();
            draft.texts().forEach(text -> own.add(vectors.next()));
            changes.add(change(draft, own, now));
        }
        return changes;
    }

    private Draft draft(Put put) {
        if (put.document() == null) {
            return new Draft(put, null, null, List.of());
        }
        byte[] clear = codec.encode(put.document(), put.type());
        Object plain = codec.decodePlain(clear);
        if (!(plain instanceof Map<?, ?>)) {
            throw new IllegalRequestException("what is put under '" + put.namespace() + "/" + put.key()
                    + "' is no document: a " + put.type() + " has no members with names; wrap it in a record");
        }
        return new Draft(put, clear, plain, texts(put, plain));
    }

    private List<String> texts(Put put, Object plain) {
        if (options.embedder() == null) {
            return List.of();
        }
        List<FieldPath> fields = put.fields() == null ? options.fields() : put.fields();
        return fields.stream()
                .flatMap(path -> path.allIn(plain).stream())
                .map(PlainText::of)
                .filter(text -> !text.isBlank())
                .toList();
    }

    private List<float[]> vectors(List<String> texts) {
        return options.embedder() == null ? List.of() : Embedding.of(options.embedder(), texts);
    }

    private ShelfChange change(Draft draft, List<float[]> vectors, Instant now) {
        Put put = draft.put();
        if (draft.clear() == null) {
            return new ShelfChange.Drop(put.namespace(), put.key());
        }
        Duration timeToLive =
                put.expiry().standard() ? options.timeToLive() : put.expiry().timeToLive();
        return new ShelfChange.Keep(
                put.namespace(),
                put.key(),
                timeToLive,
                Expiry.moment(now, timeToLive),
                sealed.seal(draft.clear(), SealedBytes.DOCUMENT, put.namespace(), put.key()),
                sealedVectors(put, vectors),
                sealed.encrypts() ? null : draft.plain());
    }

    private byte @Nullable [] sealedVectors(Put put, List<float[]> vectors) {
        List<float[]> directed =
                vectors.stream().filter(vector -> !Cosine.isZero(vector)).toList();
        if (options.embedder() == null || directed.isEmpty()) {
            return null;
        }
        byte[] clear = VectorBytes.write(options.embedder(), directed);
        return sealed.seal(clear, SealedBytes.VECTORS, put.namespace(), put.key());
    }
}
