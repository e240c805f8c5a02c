package dev.clew.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every block of Java in the documentation is quoted from a source that is compiled and tested. */
class DocsSnippetsTest {
    @Test
    void everyJavaBlockStandsInASource() throws Exception {
        Sources sources = Sources.ofSamples();
        List<Snippet> snippets =
                Documents.below("docs", ".md").stream().flatMap(Snippet::in).toList();

        assertThat(snippets).hasSizeGreaterThanOrEqualTo(10).allMatch(sources::have);
    }

    @Test
    void everyGuideNamesTheFilesThatItQuotes() throws Exception {
        Sources sources = Sources.ofSamples();

        assertThat(Documents.below("docs/guides", ".md").stream().flatMap(Snippet::in))
                .allMatch(sources::areNamed);
    }

    @Test
    void everyDocumentImportsTheTypesOfClewWhereItFirstNamesThem() throws Exception {
        Sources sources = Sources.ofSamples();
        List<Path> documents = new ArrayList<>(Documents.below("docs", ".md"));
        documents.add(Documents.ROOT.resolve("README.md"));

        assertThat(documents)
                .flatExtracting(
                        document -> sources.missingImports(Snippet.in(document).toList()))
                .isEmpty();
    }

    @Test
    void anImportThatIsNotShownIsFoundOnce() {
        Sources sources = new Sources(List.of(Sources.Source.of("A.java", """
                import dev.clew.flow.Run;
                import dev.clew.flow.RunConfig;
                import dev.clew.samples.Other;
                class A { void a(Run run, Other other) {} void b(Run run) {} }
                """)));
        Path document = Path.of("x.md");
        Snippet bare = new Snippet(document, "void a(Run run, Other other) {}\n");
        Snippet later = new Snippet(document, "void b(Run run) {}\n");
        Snippet whole = new Snippet(document, "import dev.clew.flow.Run;\n\nvoid a(Run run, Other other) {}\n");
        Snippet untrue = new Snippet(document, "import dev.clew.Run;\n\nvoid a(Run run, Other other) {}\n");

        assertThat(sources.missingImports(List.of(bare, later))).containsExactly("x.md: import dev.clew.flow.Run;");
        assertThat(sources.missingImports(List.of(whole, later))).isEmpty();
        assertThat(sources.have(whole)).isTrue();
        assertThat(sources.have(untrue)).isFalse();
    }

    @Test
    void aBlockThatStandsNowhereIsFound() {
        String source = Snippet.normalised("void a() {\n    b(1,\n        2);\n    c();\n}");

        assertThat(new Snippet(Path.of("x.md"), "b(1, 2);\n// …\n}").standsIn(source))
                .isTrue();
        assertThat(new Snippet(Path.of("x.md"), "c();\n// …\nb(1, 2);").standsIn(source))
                .isFalse();
        assertThat(new Snippet(Path.of("x.md"), "voida() {").standsIn(source)).isFalse();
    }
}
