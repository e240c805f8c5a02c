package dev.clew.server.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.server.fixture.MovedClock;
import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.store.Embedder;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the server keeps for itself is not treated as the application's documents are. */
class DocumentsTest {
    private final MovedClock clock = new MovedClock();
    private final Store store = Store.inMemory(
            StoreOptions.defaults()
                    .timeToLive(Duration.ofDays(1))
                    .refreshOnRead(false)
                    .embedder(new Refusing(), "url"),
            clock);
    private final Documents documents = new Documents(store, "webhooks");

    /** Gets no text of the server's. */
    private static final class Refusing implements Embedder {
        @Override
        public String id() {
            return "refusing";
        }

        @Override
        public int dimensions() {
            return 2;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            throw new AssertionError("embeds " + texts);
        }
    }

    private static ObjectNode hook(int length) {
        ObjectNode hook = Json.object();
        hook.put("url", "x".repeat(length));
        return hook;
    }

    @Test
    void areKeptUntilTheyAreDeletedAndEmbeddedNowhere() {
        documents.put("1", hook(10));
        clock.move(Duration.ofDays(100));
        store.sweep();

        assertThat(documents.find("1")).contains(hook(10));
        assertThat(documents.all()).hasSize(1);
        documents.delete("1");
        assertThat(documents.all()).isEmpty();
    }

    @Test
    void haveASize() {
        assertThatThrownBy(() -> documents.put("1", hook(Documents.MOST_BYTES)))
                .isInstanceOf(ApiRefusal.class)
                .hasMessageContaining("it may have " + Documents.MOST_BYTES);
        assertThat(documents.find("1")).isEmpty();
    }
}
