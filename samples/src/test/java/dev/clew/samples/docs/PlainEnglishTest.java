package dev.clew.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages for readers who begin keep the rules of CONTRIBUTING on plain English, as far as a program can see it. */
class PlainEnglishTest {
    private static final int MOST_WORDS = 25;
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern NO_SENTENCE = Pattern.compile("(?m)^(?:\\||#|!\\[).*$");
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern END = Pattern.compile("[.:;?!](?=\\s|\\*|\\))|\\n\\s*\\n|\\n\\s*(?:-|\\d+\\.) ");
    private static final Pattern SALES = Pattern.compile(
            "(?i)\\b(?:seamless(?:ly)?|leverag\\w+|utili[sz]\\w+|powerful|effortless(?:ly)?|blazing\\w*|robust)\\b");

    @TempDir
    private Path dir;

    @Test
    void sentencesAreShort() throws Exception {
        assertThat(pages()).flatMap(PlainEnglishTest::longSentences).isEmpty();
    }

    @Test
    void noWordOnlySells() throws Exception {
        assertThat(pages())
                .allSatisfy(
                        page -> assertThat(SALES.matcher(prose(page)).results().map(found -> found.group()))
                                .as(page.toString())
                                .isEmpty());
    }

    @Test
    void findsALongSentenceAndNoOther() throws Exception {
        Path page = Files.writeString(
                dir.resolve("a.md"),
                "# A\n\nShort one. " + "word ".repeat(26) + ".\n\n| " + "cell ".repeat(40) + "|\n\n- "
                        + "item ".repeat(20) + "\n- " + "item ".repeat(20) + "\n");

        assertThat(longSentences(page)).singleElement().asString().startsWith("a.md: word word");
    }

    private static List<Path> pages() throws Exception {
        List<Path> pages = new ArrayList<>(List.of(Documents.ROOT.resolve("README.md")));
        for (String folder : List.of("docs/reference", "docs/tutorial", "docs/coming-from")) {
            pages.addAll(Documents.below(folder, ".md"));
        }
        Stream.of(
                        "samples",
                        "set-up",
                        "guides/graphs",
                        "guides/effects",
                        "guides/many-machines",
                        "guides/rest",
                        "guides/logging",
                        "guides/production",
                        "guides/troubleshooting")
                .map(page -> Documents.ROOT.resolve("docs/" + page + ".md"))
                .forEach(pages::add);
        return pages;
    }

    private static List<String> longSentences(Path page) {
        return END.splitAsStream(prose(page))
                .map(sentence -> sentence.strip().replaceAll("\\s+", " "))
                .filter(sentence -> sentence.split(" ").length > MOST_WORDS)
                .map(sentence -> page.getFileName() + ": " + sentence)
                .toList();
    }

    private static String prose(Path page) {
        String text = NO_SENTENCE
                .matcher(FENCED.matcher(Snippet.read(page)).replaceAll("\n\n"))
                .replaceAll("\n\n");
        return CODE.matcher(LINK.matcher(text).replaceAll("$1")).replaceAll("code");
    }
}
