package dev.clew.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    void aBlockThatStandsNowhereIsFound() {
        String source = Snippet.normalised("void a() {\n    b(1,\n        2);\n    c();\n}");

        assertThat(new Snippet(Path.of("x.md"), "b(1, 2);\n// …\n}").standsIn(source))
                .isTrue();
        assertThat(new Snippet(Path.of("x.md"), "c();\n// …\nb(1, 2);").standsIn(source))
                .isFalse();
        assertThat(new Snippet(Path.of("x.md"), "voida() {").standsIn(source)).isFalse();
    }
}
