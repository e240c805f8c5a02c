package dev.clew.langchain4j;

import dev.clew.store.Embedder;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.List;
import java.util.Objects;

/**
 * Lets a store search with any {@link EmbeddingModel} of LangChain4j.
 *
 * <p>Thread-safe where the model is. What the model throws goes to the caller as it is. All texts that one call of the
 * store needs are given to the model at once; where a provider limits how many, set its model's own batch size.
 *
 * <pre>{@code
 * EmbeddingModel model = OpenAiEmbeddingModel.builder().apiKey(key).modelName("text-embedding-3-small").build();
 * var store = Store.inMemory(StoreOptions.defaults().embedder(ModelEmbedder.of(model), "text"));
 * }</pre>
 */
public final class ModelEmbedder implements Embedder {
    private final String id;
    private final EmbeddingModel model;
    private volatile int dimensions;

    private ModelEmbedder(String id, EmbeddingModel model) {
        this.id = Objects.requireNonNull(id, "id");
        this.model = Objects.requireNonNull(model, "model");
    }

    /** An embedder whose id is made of the model's class and the name that the model gives itself. */
    public static ModelEmbedder of(EmbeddingModel model) {
        return of(model.getClass().getName() + "/" + model.modelName(), model);
    }

    /** An embedder with an id of one's own, which should change when the model does. */
    public static ModelEmbedder of(String id, EmbeddingModel model) {
        return new ModelEmbedder(id, model);
    }

    @Override
    public String id() {
        return id;
    }

    /** Asks the model once, which may embed a text to find out. */
    @Override
    public int dimensions() {
        int known = dimensions;
        if (known == 0) {
            known = model.dimension();
            dimensions = known;
        }
        return known;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        return model.embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
                .map(Embedding::vector)
                .toList();
    }

    @Override
    public float[] embedQuery(String query) {
        return model.embed(query).content().vector();
    }
}
