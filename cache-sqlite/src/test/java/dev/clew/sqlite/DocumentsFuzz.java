package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.fuzz.Choices;
import dev.clew.fuzz.FuzzTarget;
import dev.clew.json.JsonCodec;
import dev.clew.store.Filter;
import dev.clew.store.Get;
import dev.clew.store.Hit;
import dev.clew.store.Item;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Documents, their names and filters from outside: the store in a file and the one in memory say the same, and a document
 * comes back as it was.
 *
 * <p>The input is a namespace, a key, a path and the filter's value, each with its length before it, and the document.
 */
public final class DocumentsFuzz implements FuzzTarget {
    private static final Namespace NOTES = Namespace.of("notes");

    private final Codec codec = JsonCodec.standard();
    private final Path folder;
    private Sqlite db;
    private Store memory;

    public DocumentsFuzz(Path folder) {
        this.folder = folder;
        begin();
    }

    private void begin() {
        memory = Store.inMemory();
        db = Sqlite.open(folder.resolve("documents-" + System.nanoTime() + ".db"));
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String path : List.of("a", "a.b[0]", "a[\"b.c\"]", "$", "b[*]")) {
            for (String value : List.of("1", "1.50", "\"rain\"", "null", "[1,\"a\"]", "{\"$gte\":3,\"$lt\":1e400}")) {
                seeds.add(seed("n", "k", path, value, "{\"a\":" + value + ",\"b\":[" + value + "]}"));
            }
        }
        return seeds;
    }

    private static byte[] seed(String... texts) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        for (int i = 0; i < texts.length; i++) {
            byte[] bytes = texts[i].getBytes(StandardCharsets.UTF_8);
            if (i < texts.length - 1) {
                seed.write(bytes.length);
            }
            seed.writeBytes(bytes);
        }
        return seed.toByteArray();
    }

    @Override
    public void take(byte[] input) {
        Choices choices = new Choices(input);
        String namespace = choices.text();
        String key = choices.text();
        String path = choices.text();
        Object value;
        Object document;
        try {
            value = codec.decodePlain(choices.bytes(choices.octet()));
            document = plain(choices.rest());
        } catch (CodecException none) {
            return;
        }
        boolean sound = false;
        try {
            use(namespace, key, path, value, document);
            sound = true;
        } finally {
            if (!sound) { // what is left would be found with every other input
                db.close();
                begin();
            }
        }
    }

    /** As it is after it was written once: {@code 1e0} is a decimal that is written as a whole number. */
    private Object plain(byte[] stored) {
        return codec.decodePlain(codec.encode(codec.decodePlain(stored), TypeRef.of(Object.class)));
    }

    private void use(String namespace, String key, String path, Object value, Object document) {
        Store file = db.store();
        Object kept = same(
                () -> kept(file, namespace, key, document, codec), () -> kept(memory, namespace, key, document, codec));
        if (kept instanceof Map<?, ?>) {
            for (int kind = 0; kind < 4; kind++) {
                int which = kind;
                same(() -> found(file, filter(which, path, value)), () -> found(memory, filter(which, path, value)));
            }
        }
        same(() -> deleted(file, namespace, key), () -> deleted(memory, namespace, key));
    }

    private static Object kept(Store store, String namespace, String key, Object document, Codec codec) {
        Namespace place = Namespace.of("notes", namespace);
        store.put(Put.of(place, key, document));
        Object kept =
                store.get(Get.of(place, key, Object.class)).map(Item::value).orElse(null);
        assertThat(kept).isEqualTo(document);
        return kept == null ? "nothing" : kept;
    }

    private static Object found(Store store, Filter filter) {
        return store.search(Search.in(NOTES, Object.class).filter(filter)).stream()
                .map(Hit::key)
                .toList();
    }

    private static Object deleted(Store store, String namespace, String key) {
        store.delete(Namespace.of("notes", namespace), key);
        assertThat(store.listNamespaces()).isEmpty();
        return "deleted";
    }

    private static Filter filter(int kind, String path, Object value) {
        Map<String, Object> described = new HashMap<>();
        described.put(path, value);
        return switch (kind) {
            case 0 -> Filter.of(described);
            case 1 -> Filter.ne(path, value);
            case 2 -> Filter.gte(path, value);
            default -> Filter.lt(path, value);
        };
    }

    /** What both gave, or the message with which both refused. */
    private static Object same(Supplier<Object> one, Supplier<Object> other) {
        Object both = outcome(one);
        assertThat(outcome(other)).isEqualTo(both);
        return both;
    }

    private static Object outcome(Supplier<Object> use) {
        try {
            return use.get();
        } catch (ClewException refused) {
            return "refused: " + refused.getMessage();
        }
    }
}
