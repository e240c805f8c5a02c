package dev.clew.contracts.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.contracts.checkpoint.Contenders;
import dev.clew.store.BatchResults;
import dev.clew.store.Filter;
import dev.clew.store.Get;
import dev.clew.store.Hit;
import dev.clew.store.Item;
import dev.clew.store.Namespace;
import dev.clew.store.NamespaceQuery;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents, their keys, and batches. */
public abstract class DocumentsContract extends StoreFixture {
    public record Box<T>(T content) {}

    public sealed interface Shape {}

    public record Circle(double radius) implements Shape {}

    @Test
    @Tag("B261")
    void documentIsFoundUnderItsKey() {
        store().put(NOTES, "rain", note("umbrella"));

        Item<Note> item = store().get(NOTES, "rain", Note.class).orElseThrow();
        assertThat(item).isEqualTo(new Item<>(NOTES, "rain", note("umbrella"), clock.instant(), clock.instant(), null));
        assertThat(item.toString()).doesNotContain("umbrella");
    }

    @Test
    @Tag("B261")
    void keyThatWasNeverPutIsEmpty() {
        store().put(NOTES, "rain", note("umbrella"));

        assertThat(store().get(NOTES, "Rain", Note.class)).isEmpty();
        assertThat(store().get(Namespace.of("users", "ann"), "rain", Note.class))
                .isEmpty();
    }

    @Test
    @Tag("B261")
    void putReplacesTheWholeDocument() {
        store().put(NOTES, "rain", Map.of("text", "umbrella", "old", true));
        store().put(NOTES, "rain", Map.of("text", "boots"));

        assertThat(plain("rain")).isEqualTo(Map.of("text", "boots"));
    }

    @Test
    @Tag("B261")
    void putKeepsTheMomentOfCreation() {
        Instant created = clock.instant();
        store().put(NOTES, "rain", note("umbrella"));
        clock.advance(Duration.ofHours(1));
        store().put(NOTES, "rain", note("boots"));

        Item<Note> item = store().get(NOTES, "rain", Note.class).orElseThrow();
        assertThat(item.createdAt()).isEqualTo(created);
        assertThat(item.updatedAt()).isEqualTo(clock.instant());
        Item<Note> found = store().search(notes()).get(0).item();
        assertThat(found).isEqualTo(item);
    }

    @Test
    @Tag("B261")
    void documentThatWasDeletedIsCreatedAnew() {
        store().put(NOTES, "rain", note("umbrella"));
        clock.advance(Duration.ofHours(1));
        store().delete(NOTES, "rain");
        store().put(NOTES, "rain", note("boots"));

        assertThat(store().get(NOTES, "rain", Note.class).orElseThrow().createdAt())
                .isEqualTo(clock.instant());
    }

    @Test
    @Tag("B261")
    void puttingNullAndDeletingRemove() {
        store().put(NOTES, "rain", note("umbrella"));
        store().put(NOTES, "sun", note("hat"));
        assertThat(keys(notes())).hasSize(2);

        store().put(NOTES, "rain", null);
        store().delete(NOTES, "sun");

        assertThat(noteAt("rain")).isNull();
        assertThat(noteAt("sun")).isNull();
        assertThat(keys(notes())).isEmpty();
        assertThat(store().listNamespaces()).isEmpty();
    }

    @Test
    @Tag("B261")
    void deletingWhatIsNotThereDoesNothing() {
        store().delete(NOTES, "rain");
        store().put(NOTES, "sun", null);

        assertThat(store().listNamespaces()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    @Tag("B262")
    void whatHasNoMembersIsNoDocument(Object value) {
        store().put(NOTES, "rain", note("umbrella"));

        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> store().put(NOTES, "rain", value))
                .withMessageContaining("no document")
                .withMessageContaining("users.ann.notes/rain")
                .withMessageContaining("record");

        assertThat(noteAt("rain")).isEqualTo(note("umbrella"));
    }

    static Stream<Object> whatHasNoMembersIsNoDocument() {
        return Stream.of("text", 7, true, Duration.ofHours(1), Thread.State.NEW, new int[] {1, 2});
    }

    @Test
    @Tag("B262")
    void listIsNoDocument() {
        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> store().put(Put.of(NOTES, "rain", List.of("a"), new TypeRef<List<String>>() {})))
                .withMessageContaining("no document");
        assertThat(store().listNamespaces()).isEmpty();
    }

    @Test
    void unencodableDocumentIsRefusedWithItsPathAndChangesNothing() {
        store().put(NOTES, "rain", note("umbrella"));

        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> store().put(NOTES, "rain", new Box<>(Thread.currentThread())));

        assertThat(noteAt("rain")).isEqualTo(note("umbrella"));
    }

    @Test
    void documentsMayBeGenericSealedAndMaps() {
        Box<Note> box = new Box<>(note("umbrella"));
        TypeRef<Box<Note>> type = new TypeRef<>() {};
        store().put(Put.of(NOTES, "box", box, type));
        store().put(NOTES, "shape", new Circle(1.5));
        store().put(NOTES, "map", new HashMap<>(Map.of("a", List.of(1, 2))));

        assertThat(store().get(NOTES, "box", type).orElseThrow().value()).isEqualTo(box);
        assertThat(store().get(NOTES, "shape", Shape.class).orElseThrow().value())
                .isEqualTo(new Circle(1.5));
        assertThat(plain("map")).isEqualTo(Map.of("a", List.of(1, 2)));
    }

    @Test
    void documentOfAnotherTypeIsRefusedByName() {
        store().put(NOTES, "rain", Map.of("text", 7, "lang", "en", "stars", 3));

        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> store().get(NOTES, "rain", Note.class))
                .withMessageContaining("'rain'")
                .withMessageContaining("'users.ann.notes'")
                .withMessageContaining("$.text");
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> store().search(notes()))
                .withMessageContaining("'rain'");
    }

    @Test
    void documentsAreCopies() {
        List<String> tags = new ArrayList<>(List.of("wet"));
        store().put(NOTES, "rain", Map.of("tags", tags));
        tags.add("late");
        @SuppressWarnings("unchecked")
        List<Object> read = (List<Object>) ((Map<String, Object>) plain("rain")).get("tags");
        read.add("mine");

        assertThat(plain("rain")).isEqualTo(Map.of("tags", List.of("wet")));
        assertThat(store().search(Search.in(NOTES, Object.class).filter(Filter.eq("tags", List.of("wet")))))
                .hasSize(1);
    }

    @Test
    void keysMustBeText() {
        for (String key : List.of("", "half \uD83E")) {
            assertThatExceptionOfType(ClewException.class).isThrownBy(() -> store().put(NOTES, key, note("umbrella")));
            assertThatExceptionOfType(ClewException.class).isThrownBy(() -> store().get(NOTES, key, Note.class));
        }
        assertThat(store().listNamespaces()).isEmpty();
    }

    /** Of the kind of LangGraph's CVE-2025-8709 and CVE-2025-67644. */
    private static final List<String> NASTY = List.of(
            "rain",
            "Rain",
            "rain ",
            "%",
            "_",
            "*",
            "?",
            "' OR '1'='1",
            "'; DROP TABLE document; --",
            "\") OR 1=1 --",
            "rain' UNION SELECT * FROM thread --",
            "a\u0000b",
            "a",
            "$.text",
            "a\nb",
            "a/b",
            "\\",
            "日本",
            "e\u0301",
            "\u00e9",
            "\uD83E\uDD8A");

    @Test
    @Tag("B266")
    void keysAreDataAndNeverPartOfAQuery() {
        for (String key : NASTY) {
            store().put(NOTES, key, note(key));
        }

        assertThat(NASTY).allSatisfy(key -> assertThat(noteAt(key)).isEqualTo(note(key)));
        assertThat(keys(notes())).containsExactlyInAnyOrderElementsOf(NASTY);
        store().delete(NOTES, "%");
        store().delete(NOTES, "' OR '1'='1");
        assertThat(keys(notes())).hasSize(NASTY.size() - 2);
    }

    @Test
    @Tag("B266")
    void namespacesAreDataAndNeverPartOfAQuery() {
        List<String> labels = NASTY.stream()
                .filter(label -> label.chars().noneMatch(c -> c == '.' || Character.isISOControl(c)))
                .toList();
        for (String label : labels) {
            store().put(Namespace.of("users", label), "k", note(label));
        }

        assertThat(labels).allSatisfy(label -> {
            Namespace namespace = Namespace.of("users", label);
            assertThat(store().get(namespace, "k", Note.class).orElseThrow().value())
                    .isEqualTo(note(label));
            assertThat(store().search(Search.in(namespace, Note.class)))
                    .extracting(Hit::value)
                    .containsExactly(note(label));
        });
        assertThat(store().listNamespaces()).hasSize(labels.size());
        store().delete(Namespace.of("users", "%"), "k");
        assertThat(store().listNamespaces()).hasSize(labels.size() - 1);
    }

    @Test
    @Tag("B270")
    void resultsOfABatchAreInTheOrderOfItsRequests() {
        store().put(NOTES, "rain", note("umbrella"));
        Get<Note> rain = Get.of(NOTES, "rain", Note.class);
        Get<Note> snow = Get.of(NOTES, "snow", Note.class);
        Put put = Put.of(NOTES, "sun", note("hat"));
        Search<Note> all = notes();
        NamespaceQuery namespaces = NamespaceQuery.all();
        List<Object> expected =
                Arrays.asList(store().get(rain), null, store().search(all), Optional.empty(), List.of(NOTES));

        BatchResults results = store().batch(rain, put, all, snow, namespaces);

        assertThat(results.inOrder()).isEqualTo(expected);
        assertThat(results.of(rain).orElseThrow().value()).isEqualTo(note("umbrella"));
        assertThat(results.of(snow)).isEmpty();
        assertThat(results.of(put)).isNull();
        assertThat(results.of(namespaces)).containsExactly(NOTES);
        assertThatExceptionOfType(ClewException.class).isThrownBy(() -> results.of(notes()));
    }

    @Test
    @Tag("B270")
    void readsOfABatchSeeTheStateBeforeIt() {
        store().put(NOTES, "rain", note("old"));
        Get<Note> rain = Get.of(NOTES, "rain", Note.class);
        Search<Note> all = notes();

        BatchResults results = store().batch(
                        Put.of(NOTES, "rain", note("new")),
                        rain,
                        Put.delete(NOTES, "rain"),
                        Put.of(NOTES, "sun", note("hat")),
                        all);

        assertThat(results.of(rain).orElseThrow().value()).isEqualTo(note("old"));
        assertThat(results.of(all)).extracting(Hit::value).containsExactly(note("old"));
        assertThat(keys(notes())).containsExactly("sun");
    }

    @Test
    @Tag("B270")
    void lastPutOfAKeyWins() {
        store().batch(
                        Put.of(NOTES, "rain", note("first")),
                        Put.delete(NOTES, "sun"),
                        Put.of(NOTES, "rain", note("second")),
                        Put.of(NOTES, "sun", note("hat")),
                        Put.of(NOTES, "rain", note("third")));

        assertThat(noteAt("rain")).isEqualTo(note("third"));
        assertThat(noteAt("sun")).isEqualTo(note("hat"));
        assertThat(keys(notes())).hasSize(2);
    }

    @Test
    @Tag("B270")
    void batchIsRefusedAsAWhole() {
        store().put(NOTES, "rain", note("old"));
        store().put(NOTES, "bad", Map.of("text", 7));

        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> store().batch(Put.of(NOTES, "rain", note("new")), Put.of(NOTES, "rain", "text")));
        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> store().batch(Put.of(NOTES, "rain", "text"), Put.of(NOTES, "rain", note("new"))));
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> store().batch(Put.of(NOTES, "rain", note("new")), Get.of(NOTES, "bad", Note.class)));

        assertThat(noteAt("rain")).isEqualTo(note("old"));
    }

    @Test
    void emptyBatchDoesNothing() {
        assertThat(store().batch(List.of()).inOrder()).isEmpty();
    }

    @Test
    void writesAreSeenByOtherObjectsAtOnce() {
        Store other = open(options());
        store().put(NOTES, "rain", note("umbrella"));
        assertThat(other.get(NOTES, "rain", Note.class)).isPresent();
        assertThat(other.search(notes())).hasSize(1);

        store().put(NOTES, "rain", note("boots"));
        store().put(NOTES, "sun", note("hat"));
        assertThat(other.search(notes())).extracting(Hit::value).containsExactlyInAnyOrder(note("boots"), note("hat"));

        other.delete(NOTES, "rain");
        assertThat(keys(notes())).containsExactly("sun");
    }

    /** So many changes that the one who follows them must start over. */
    @Test
    void objectThatIsFarBehindCatchesUp() {
        Store behind = open(options());
        store().put(NOTES, "gone", note("gone"));
        store().put(NOTES, "kept", note("kept"));
        assertThat(behind.search(notes())).hasSize(2);

        store().delete(NOTES, "gone");
        for (int round = 0; round < 2; round++) {
            List<Put> puts = IntStream.range(0, 6_000)
                    .mapToObj(i -> Put.of(Namespace.of("many"), "k" + i, Map.of("i", i)))
                    .toList();
            store().batch(puts);
            store().batch(puts.stream()
                    .map(put -> Put.delete(put.namespace(), put.key()))
                    .toList());
        }
        store().put(NOTES, "new", note("new"));

        assertThat(behind.search(notes())).extracting(Hit::key).containsExactlyInAnyOrder("kept", "new");
        assertThat(behind.listNamespaces()).containsExactly(NOTES);
    }

    @Test
    void concurrentWritersLeaveWholeDocuments() throws Exception {
        store().put(NOTES, "shared", note("0".repeat(500)));
        Instant created = clock.instant();

        List<Boolean> sound = Contenders.race(6, contender -> {
            boolean whole = true;
            for (int i = 0; i < 20; i++) {
                store().put(NOTES, "shared", note(String.valueOf(contender).repeat(500)));
                store().put(NOTES, "own-" + contender + "-" + i, note("own"));
                for (Hit<Note> hit : store().search(notes().limit(200))) {
                    String text = hit.value().text();
                    whole &= text.equals("own")
                            || text.equals(text.substring(0, 1).repeat(500));
                }
            }
            return whole;
        });

        assertThat(sound).hasSize(6).doesNotContain(false);
        assertThat(store().get(NOTES, "shared", Note.class).orElseThrow().createdAt())
                .isEqualTo(created);
        assertThat(store().search(notes().limit(1_000))).hasSize(121);
    }

    private Object plain(String key) {
        return store().get(NOTES, key, Object.class).orElseThrow().value();
    }
}
