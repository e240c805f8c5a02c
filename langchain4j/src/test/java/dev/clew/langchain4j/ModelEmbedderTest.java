package dev.clew.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.store.Embedder;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ModelEmbedderTest {
    private static final Namespace NOTES = Namespace.of("notes");

    public record Note(String text) {}

    /** A model that needs no network: it answers as the offline embedder does, and remembers what it was asked. */
    private static class OfflineModel implements EmbeddingModel {
        final List<List<String>> asked = new ArrayList<>();
        private final Embedder embedder = Embedder.hashedNgrams(64);

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            List<String> texts = segments.stream().map(TextSegment::text).toList();
            asked.add(texts);
            return Response.from(
                    embedder.embed(texts).stream().map(Embedding::from).toList());
        }

        @Override
        public String modelName() {
            return "offline";
        }
    }

    @Test
    @Tag("B269")
    void storeSearchesWithAModel() {
        OfflineModel model = new OfflineModel();
        Store store = Store.inMemory(StoreOptions.defaults().embedder(ModelEmbedder.of(model), "text"));
        store.put(NOTES, "rain", new Note("an umbrella for rainy days"));
        store.put(NOTES, "tax", new Note("quarterly tax report"));

        List<Hit<Note>> hits =
                store.search(Search.in(NOTES, Note.class).query("umbrellas").limit(1));
        assertThat(hits).extracting(Hit::key).containsExactly("rain");
        assertThat(hits.get(0).score().orElseThrow()).isGreaterThan(0.3);
        assertThat(model.asked)
                .contains(List.of("an umbrella for rainy days"), List.of("quarterly tax report"), List.of("umbrellas"));
    }

    @Test
    void namesTheModelAndAsksForItsDimensionsOnce() {
        OfflineModel model = new OfflineModel();
        Embedder embedder = ModelEmbedder.of(model);

        assertThat(embedder.id()).contains("OfflineModel").endsWith("/offline");
        assertThat(ModelEmbedder.of("mine", model).id()).isEqualTo("mine");
        assertThat(embedder.dimensions()).isEqualTo(64);
        assertThat(embedder.dimensions()).isEqualTo(64);
        assertThat(model.asked).hasSize(1);
        assertThat(embedder.embed(List.of())).isEmpty();
        assertThat(model.asked).hasSize(1);
    }

    @Test
    void failureOfTheModelIsTheCallersAndChangesNothing() {
        IllegalStateException down = new IllegalStateException("the model is down");
        Store store = Store.inMemory(StoreOptions.defaults().embedder(ModelEmbedder.of(new OfflineModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                throw down;
            }
        })));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> store.put(NOTES, "rain", new Note("umbrella")))
                .isSameAs(down);
        assertThat(store.listNamespaces()).isEmpty();
    }
}
