package dev.clew.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.clew.value.ClewException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class HashedNgramsTest {
    private static final float[] GOLDEN = {-1, -3, -2, 0, -1, -1, -1, 0};

    private final Embedder embedder = Embedder.hashedNgrams();

    @Test
    @Tag("B269")
    void textsThatShareWordsOrPartsOfWordsAreClose() {
        String query = "umbrellas for rainy days";

        assertThat(cosine(query, "an umbrella on a rainy day")).isGreaterThan(0.4f);
        assertThat(cosine(query, "Umbrellas for RAINY days!")).isCloseTo(1, within(1e-5f));
        assertThat(cosine(query, "quarterly tax report")).isBetween(-0.2f, 0.2f);
        assertThat(cosine("Regenschirme im Herbst", "Regenschirm")).isGreaterThan(0.4f);
        assertThat(cosine("дождливый день", "дождливые дни")).isGreaterThan(0.3f);
    }

    @Test
    void sameTextHasTheSameVectorInEveryVersionOfThisId() {
        assertThat(Embedder.hashedNgrams(8).id()).isEqualTo("clew-hashed-ngrams-1/8");
        assertThat(Embedder.hashedNgrams(8).embed(List.of("rain")).get(0)).containsExactly(GOLDEN, within(1e-6f));
    }

    @Test
    void textWithoutWordsHasNoDirection() {
        assertThat(embedder.embedQuery("?! ...")).hasSize(384).containsOnly(0);
        assertThat(embedder.embed(List.of())).isEmpty();
    }

    @Test
    void dimensionsMustBePositive() {
        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> Embedder.hashedNgrams(0));
    }

    private float cosine(String one, String other) {
        List<float[]> vectors = embedder.embed(List.of(one, other));
        return Cosine.dot(Cosine.unit(vectors.get(0)), 0, Cosine.unit(vectors.get(1)), 0, vectors.get(0).length);
    }
}
