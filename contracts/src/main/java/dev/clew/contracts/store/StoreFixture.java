package dev.clew.contracts.store;

import dev.clew.contracts.OnStores;
import dev.clew.contracts.Stores;
import dev.clew.contracts.lab.MutableClock;
import dev.clew.json.JsonCodec;
import dev.clew.store.Get;
import dev.clew.store.Hit;
import dev.clew.store.Item;
import dev.clew.store.Namespace;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import java.nio.file.Path;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The root of the suites that hold every store to the contract, each with a codec that encrypts and one that does not. */
@ParameterizedClass
@EnumSource(StoreFixture.Coding.class)
public abstract class StoreFixture implements OnStores {
    protected static final Namespace NOTES = Namespace.of("users", "ann", "notes");

    /** What the subject must judge expiry by. */
    protected final MutableClock clock = new MutableClock();

    @Parameter
    protected Coding coding;

    @TempDir
    private Path folder;

    private Stores stores;
    private Store store;

    /** How documents are stored. */
    public enum Coding {
        CLEAR(JsonCodec.standard()),
        ENCRYPTED(EncryptingCodec.builder(JsonCodec.standard())
                .key("k1", new SecretKeySpec(new byte[32], "AES"))
                .build());

        private final Codec codec;

        Coding(Codec codec) {
            this.codec = codec;
        }
    }

    public record Note(String text, String lang, int stars) {}

    /** Opens the subject: another object on the same documents each time, none at the start of a test. */
    protected final Store open(StoreOptions options) {
        return stores.documents(options);
    }

    @BeforeEach
    void openStores() throws Exception {
        stores = openStores(folder, clock);
    }

    @AfterEach
    void closeStores() {
        stores.close();
    }

    protected final StoreOptions options() {
        return StoreOptions.defaults().codec(coding.codec);
    }

    /** A store with the default options, the same one for the whole of a test. */
    protected final Store store() {
        if (store == null) {
            store = open(options());
        }
        return store;
    }

    /** Uses this one as {@link #store()}. */
    protected final Store use(StoreOptions options) {
        store = open(options);
        return store;
    }

    protected static Note note(String text) {
        return new Note(text, "en", 3);
    }

    protected final Note noteAt(String key) {
        return store().get(Get.of(NOTES, key, Note.class).refresh(false))
                .map(Item::value)
                .orElse(null);
    }

    /** The keys of what is found, in their order. */
    protected final List<String> keys(Search<?> search) {
        return store().search(search).stream().map(Hit::key).toList();
    }

    protected static Search<Note> notes() {
        return Search.in(NOTES, Note.class).limit(100);
    }
}
