package dev.clew.samples.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.samples.digest.DigestFlow.Document;
import dev.clew.samples.digest.DigestFlow.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    @TempDir
    private Path dir;

    @Test
    void splitsPlainTextBySize() {
        String paragraph = "A sentence of some length. ".repeat(30);

        Document document = Documents.plain("a.txt", (paragraph + "\n\n").repeat(5));

        assertThat(document.sections())
                .extracting(Section::title)
                .containsExactly("Part 1", "Part 2", "Part 3", "Part 4", "Part 5");
        assertThat(Documents.plain("a.txt", "One.\n\nTwo.").sections())
                .containsExactly(new Section("Part", List.of("One.", "Two.")));
    }

    @Test
    void splitsALongSectionOfMarkdown() {
        String paragraph = "A sentence of some length. ".repeat(100);

        Document document = Documents.markdown("a.md", "# Long\n\n" + (paragraph + "\n\n").repeat(4));

        assertThat(document.title()).isEqualTo("Long");
        assertThat(document.sections()).extracting(Section::title).containsExactly("Long 1", "Long 2");
    }

    @Test
    void readsOldEncodingsAndByteOrderMarks() throws IOException {
        Path latin = Files.write(dir.resolve("a.txt"), "Caf\u00e9.".getBytes(StandardCharsets.ISO_8859_1));
        Path marked = Files.writeString(dir.resolve("b.md"), "\uFEFF# Title\nText.");

        assertThat(Documents.read(latin).sections()).containsExactly(new Section("Part", List.of("Caf\u00e9.")));
        assertThat(Documents.read(marked).title()).isEqualTo("Title");
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        Path binary = Files.write(dir.resolve("a.md"), new byte[] {'a', 0, 'b'});

        assertThatThrownBy(() -> Documents.read(binary))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a text file");
    }
}
