package dev.clew.contracts.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.store.InvalidNamespaceException;
import dev.clew.store.Namespace;
import dev.clew.store.NamespaceQuery;
import dev.clew.value.ClewException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Namespaces: what they may be, and how they are listed. */
public abstract class NamespacesContract extends StoreFixture {
    @ParameterizedTest
    @MethodSource
    @Tag("B260")
    void namespaceThatIsNoneIsRefused(List<String> labels) {
        assertThatExceptionOfType(InvalidNamespaceException.class)
                .isThrownBy(() -> store().put(new Namespace(labels), "k", note("umbrella")));
        assertThat(store().listNamespaces()).isEmpty();
    }

    static Stream<List<String>> namespaceThatIsNoneIsRefused() {
        return Stream.of(
                List.of(),
                List.of(""),
                List.of("users", ""),
                List.of("users", "ann@example.com"),
                List.of("."),
                List.of("langgraph"),
                List.of("clew", "notes"),
                List.of("users", "a\nb"),
                List.of("users", "a\u0000"),
                List.of("users", "\uD83E"));
    }

    @Test
    @Tag("B260")
    void reservedLabelMayStandFurtherDown() {
        Namespace namespace = Namespace.of("users", "langgraph", "clew");
        store().put(namespace, "k", note("umbrella"));

        assertThat(store().get(namespace, "k", Note.class)).isPresent();
        assertThat(Namespace.parse(namespace.toString())).isEqualTo(namespace);
    }

    @Test
    void namespacesOfOneTextAreApart() {
        store().put(Namespace.of("a", "b"), "c", note("1"));
        store().put(Namespace.of("a"), "b.c", note("2"));
        store().put(Namespace.of("a", "b", "c"), "c", note("3"));

        assertThat(store().get(Namespace.of("a", "b"), "c", Note.class)
                        .orElseThrow()
                        .value())
                .isEqualTo(note("1"));
        assertThat(store().get(Namespace.of("a"), "b.c", Note.class)
                        .orElseThrow()
                        .value())
                .isEqualTo(note("2"));
    }

    @Test
    @Tag("B267")
    void namespacesAreListedInTheirOrder() {
        put("b", "a-a", "a", "a.b", "a.a", "\uFFFD", "\uD83E\uDD8A", "a.a.a");

        assertThat(list(NamespaceQuery.all()))
                .containsExactly("a", "a.a", "a.a.a", "a.b", "a-a", "b", "\uFFFD", "\uD83E\uDD8A");
    }

    @Test
    @Tag("B267")
    void namespacesAreListedByPrefixAndSuffix() {
        put("users.ann.notes", "users.bob.notes", "users.bob.files", "teams.bob", "users");

        assertThat(list(NamespaceQuery.all().prefix("users"))).hasSize(4);
        assertThat(list(NamespaceQuery.all().prefix("users", "bob")))
                .containsExactly("users.bob.files", "users.bob.notes");
        assertThat(list(NamespaceQuery.all().suffix("notes"))).containsExactly("users.ann.notes", "users.bob.notes");
        assertThat(list(NamespaceQuery.all().prefix("users").suffix("bob"))).isEmpty();
        assertThat(list(NamespaceQuery.all().suffix("bob"))).containsExactly("teams.bob");
        assertThat(list(NamespaceQuery.all().prefix("user"))).isEmpty();
    }

    @Test
    @Tag("B267")
    void starStandsForOneLabel() {
        put("users.ann.notes", "users.bob.notes", "users.bob.files", "users.notes");

        assertThat(list(NamespaceQuery.all().prefix("*", "bob"))).containsExactly("users.bob.files", "users.bob.notes");
        assertThat(list(NamespaceQuery.all().prefix("users", "*", "notes")))
                .containsExactly("users.ann.notes", "users.bob.notes");
        assertThat(list(NamespaceQuery.all().suffix("bob", "*"))).containsExactly("users.bob.files", "users.bob.notes");
        assertThat(list(NamespaceQuery.all().prefix("*", "*", "*"))).hasSize(3);
        assertThat(list(NamespaceQuery.all().prefix("%"))).isEmpty();
    }

    @Test
    @Tag("B267")
    void depthCutsNamespacesOffAndShowsThemOnce() {
        put("users.ann.notes", "users.bob.notes", "users.bob.files", "teams");

        assertThat(list(NamespaceQuery.all().maxDepth(2))).containsExactly("teams", "users.ann", "users.bob");
        assertThat(list(NamespaceQuery.all().maxDepth(1))).containsExactly("teams", "users");
        assertThat(list(NamespaceQuery.all().suffix("notes").maxDepth(2))).containsExactly("users.ann", "users.bob");
    }

    @Test
    @Tag("B267")
    void listsOfNamespacesArePaged() {
        for (int i = 0; i < 105; i++) {
            put("n.%03d".formatted(i));
        }

        assertThat(store().listNamespaces()).hasSize(100);
        assertThat(list(NamespaceQuery.all().limit(2).offset(1))).containsExactly("n.001", "n.002");
        assertThat(list(NamespaceQuery.all().offset(103))).containsExactly("n.103", "n.104");
        assertThat(list(NamespaceQuery.all().offset(105))).isEmpty();
    }

    @Test
    void listThatMakesNoSenseIsRefused() {
        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> NamespaceQuery.all().maxDepth(0));
        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> NamespaceQuery.all().limit(0));
        assertThatExceptionOfType(ClewException.class)
                .isThrownBy(() -> NamespaceQuery.all().offset(-1));
        assertThatExceptionOfType(InvalidNamespaceException.class)
                .isThrownBy(() -> NamespaceQuery.all().prefix("a.b"));
    }

    private void put(String... namespaces) {
        for (String namespace : namespaces) {
            store().put(Namespace.parse(namespace), "k", note("umbrella"));
        }
    }

    private List<String> list(NamespaceQuery query) {
        return store().listNamespaces(query).stream().map(Namespace::toString).toList();
    }
}
