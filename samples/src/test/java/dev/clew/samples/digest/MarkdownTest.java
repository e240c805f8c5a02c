package dev.clew.samples.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.digest.DigestFlow.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    @Test
    void splitsByHeadingsOfBothForms() {
        Markdown markdown = Markdown.of("""
                Before all.

                # The title #
                First line,
                second line.

                Below
                -----
                More.

                ### Nothing here
                """);

        assertThat(markdown.title()).contains("The title");
        assertThat(markdown.sections())
                .containsExactly(
                        new Section("", List.of("Before all.")),
                        new Section("The title", List.of("First line, second line.")),
                        new Section("Below", List.of("More.")));
    }

    @Test
    void leavesOutWhatNobodyWouldQuote() {
        Markdown markdown = Markdown.of("""
                ---
                author: nobody
                ---
                # Title
                <!-- a comment
                over two lines -->
                Kept one.

                ```java
                # no heading
                code();
                ```

                    indented code

                | a | b |
                |---|---|
                | c | d |

                ***

                ~~~~
                ```
                ~~~~

                Kept two.

                [target]: https://example.org
                """);

        assertThat(markdown.sections()).containsExactly(new Section("Title", List.of("Kept one.", "Kept two.")));
    }

    @Test
    void takesAwayInlineMarkup() {
        assertThat(paragraphs("**Bold**, *slanted*, `code_with_bars`, [a link](x.md), ![image](i.png)<b>tag</b>."))
                .containsExactly("Bold, slanted, code_with_bars, a link, tag.");
    }

    @Test
    void makesAParagraphOfEachListItem() {
        assertThat(paragraphs("Intro:\n- one\n  goes on\n* two\n1. three\n\n> quoted"))
                .containsExactly("Intro:", "one goes on", "two", "three", "quoted");
    }

    @Test
    void leavesOutTablesWithoutOuterBars() {
        assertThat(paragraphs("Before.\n\na | b\n--|--\nc | d\n\nAfter.")).containsExactly("Before.", "After.");
    }

    @Test
    void keepsTheTextBetweenTagsOfHtml() {
        assertThat(paragraphs("<div align=\"center\">\n  <b>Kept</b>\n  text\n</div>\n\nMore.\n\n<img src=\"i.png\">"))
                .containsExactly("Kept text", "More.");
    }

    @Test
    void resolvesLinksThatAreDefinedElsewhereAndEntities() {
        assertThat(paragraphs("See [the guide][g] &amp; <https://example.org>, not [this][unknown].\n\n[g]: guide.md"))
                .containsExactly("See the guide & https://example.org, not [this][unknown].");
    }

    @Test
    void beginsNoSectionAtAHeadingInsideOfAQuotation() {
        assertThat(Markdown.of("# Title\n\n> ## Quoted\n> text").sections())
                .containsExactly(new Section("Title", List.of("Quoted", "text")));
    }

    @Test
    void readsQuotationsThatAreDeeplyNested() {
        assertThat(paragraphs("> ".repeat(20_000) + "deep"))
                .singleElement()
                .asString()
                .endsWith("deep");
    }

    @Test
    void findsNothingInNothing() {
        assertThat(Markdown.of("").sections()).isEmpty();
        assertThat(Markdown.of("# Only a heading").sections()).isEmpty();
        assertThat(Markdown.of("```\nnever closed").sections()).isEmpty();
        assertThat(Markdown.of("<!-- only a comment -->").sections()).isEmpty();
    }

    private static List<String> paragraphs(String text) {
        return Markdown.of(text).sections().get(0).paragraphs();
    }
}
