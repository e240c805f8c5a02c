package dev.clew.samples.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clew.samples.digest.DigestFlow.Digest;
import dev.clew.samples.digest.DigestFlow.Document;
import dev.clew.samples.digest.DigestFlow.Notes;
import dev.clew.samples.digest.DigestFlow.Quote;
import dev.clew.samples.digest.DigestFlow.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SummariserTest {
    private static final Section CATS = new Section(
            "Cats",
            List.of("Cats sleep for most of the day. A cat that sleeps in the sun sleeps longer. "
                    + "The moon is far away from everything. Cats in the sun dream of mice."));

    @Test
    void weighsSentencesByWhatTheyShare() {
        List<Quote> quotes = Summariser.condense(CATS).quotes();

        assertThat(quotes).hasSize(4);
        assertThat(quotes).extracting(Quote::weight).contains(1.0);
        assertThat(quotes.stream().min((a, b) -> Double.compare(a.weight(), b.weight())))
                .hasValueSatisfying(least -> assertThat(least.sentence()).startsWith("The moon"));
    }

    @Test
    void quotesOnly() throws IOException {
        Document document = Documents.read(Path.of("..", "LICENSE"));
        List<Notes> notes =
                document.sections().stream().map(Summariser::condense).toList();
        String text = document.sections().stream()
                .flatMap(section -> section.paragraphs().stream())
                .reduce("", String::concat);

        Digest digest = Summariser.merge(document.title(), notes, List.of());

        List<String> lines = digest.text()
                .lines()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();
        assertThat(lines)
                .hasSizeBetween(5, 20)
                .allSatisfy(line -> assertThat(text).contains(line));
        assertThat(digest).isEqualTo(Summariser.merge(document.title(), notes, List.of()));
    }

    @Test
    void shiftsTheEmphasisToWhatAWishNames() throws IOException {
        Document document = Documents.read(Path.of("..", "LICENSE"));
        List<Notes> notes =
                document.sections().stream().map(Summariser::condense).toList();

        Digest plain = Summariser.merge(document.title(), notes, List.of());
        Digest wished = Summariser.merge(document.title(), notes, List.of("more about trademarks"));

        assertThat(plain.text()).doesNotContainIgnoringCase("trademark");
        assertThat(wished.text().lines().filter(line -> line.startsWith("- ")))
                .filteredOn(line -> line.contains("trademark"))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(wished.unanswered()).isEmpty();
    }

    @Test
    void tellsWhichWishesNothingAnswers() {
        List<Notes> notes = List.of(Summariser.condense(CATS));

        Digest digest = Summariser.merge("Cats", notes, List.of("volcanoes, please", "sleeping", "more"));

        assertThat(digest.unanswered()).containsExactly("volcanoes, please", "more");
    }

    @Test
    void saysASentenceOnce() {
        List<Notes> notes = List.of(Summariser.condense(CATS), Summariser.condense(CATS));

        String text = Summariser.merge("Cats", notes, List.of()).text();

        assertThat(text.lines().filter(line -> line.startsWith("- "))).doesNotHaveDuplicates();
    }

    @Test
    void condensesTextWithoutTellingWords() {
        assertThat(Summariser.condense(new Section("T", List.of("So it is."))).quotes())
                .containsExactly(new Quote("So it is.", 1.0));
        assertThat(Summariser.merge("T", List.of(), List.of()).text()).contains("no text to condense");
    }

    @Test
    void knowsWordsByTheirStems() {
        assertThat(Words.stems("Durability is durable; it was more about durably"))
                .isEqualTo(Words.stems("durable durably"));
    }

    @Test
    void ranksAddUpToOne() {
        double[] rank =
                TextRank.rank(List.of(Set.of("a", "b"), Set.of("b", "c"), Set.of("d")), new double[] {1, 1, 1}, 0.85);

        assertThat(Arrays.stream(rank).sum()).isCloseTo(1, within(1e-6));
        assertThat(rank[2]).isLessThan(rank[0]);
    }
}
