package dev.clew.samples.digest;

import dev.clew.samples.digest.DigestFlow.Digest;
import dev.clew.samples.digest.DigestFlow.Notes;
import dev.clew.samples.digest.DigestFlow.Quote;
import dev.clew.samples.digest.DigestFlow.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Condenses by quoting: picks the sentences that {@link TextRank} ranks highest, and rewrites nothing. The same text
 * gives the same digest on every machine.
 */
final class Summariser {
    private static final double DAMPING = 0.85;
    /** With wishes the walk stays closer to the sentences that answer them. */
    private static final double DAMPING_WITH_WISHES = 0.4;

    private static final int FEWEST_STEMS = 3;
    private static final int MOST_QUOTES = 12;
    private static final int MOST_CANDIDATES = 1_000;
    private static final int FEWEST_LINES = 5;
    private static final int MOST_LINES = 20;
    private static final double SAME = 0.6;

    private Summariser() {}

    /** Weighs a section's sentences. All that tell something stay: a wish may be answered by what no first digest has. */
    static Notes condense(Section section) {
        List<String> all = section.paragraphs().stream()
                .flatMap(paragraph -> Words.sentences(paragraph).stream())
                .toList();
        List<String> telling = all.stream()
                .filter(sentence -> Words.stems(sentence).size() >= FEWEST_STEMS)
                .toList();
        List<String> sentences = telling.isEmpty() ? all : telling;
        double[] starts = new double[sentences.size()];
        Arrays.fill(starts, 1);
        double[] rank = TextRank.rank(sentences.stream().map(Words::stems).toList(), starts, DAMPING);
        double best = Arrays.stream(rank).max().orElse(1);
        List<Quote> quotes = IntStream.range(0, rank.length)
                .mapToObj(i -> new Quote(sentences.get(i), rank[i] / best))
                .toList();
        return new Notes(section.title(), quotes);
    }

    /** Ranks the best quotes of all sections against each other, and those first that answer a wish. */
    static Digest merge(String title, List<Notes> notes, List<String> wishes) {
        Set<String> wanted = new HashSet<>();
        wishes.forEach(wish -> wanted.addAll(Words.stems(wish)));
        List<Candidate> candidates = candidates(notes, wanted);
        double[] answers =
                candidates.stream().mapToDouble(c -> c.answers(wanted)).toArray();
        boolean answered = Arrays.stream(answers).anyMatch(a -> a > 0);
        double[] starts = answered
                ? answers
                : candidates.stream().mapToDouble(c -> c.quote().weight()).toArray();
        double[] rank = TextRank.rank(
                candidates.stream().map(Candidate::stems).toList(), starts, answered ? DAMPING_WITH_WISHES : DAMPING);
        List<String> unanswered = wishes.stream()
                .filter(wish -> candidates.stream().allMatch(c -> c.answers(Words.stems(wish)) == 0))
                .toList();
        return new Digest(text(title, wishes, chosen(candidates, rank)), unanswered);
    }

    /** A quote on its way into a digest. */
    private record Candidate(int section, String title, Set<String> above, Quote quote, Set<String> stems) {
        /** How well it answers: by its own words, less by those of its title. */
        double answers(Set<String> wanted) {
            long own = wanted.stream().filter(stems::contains).count();
            long inTitle = wanted.stream().filter(above::contains).count();
            return (own + inTitle / 2.0) * quote.weight();
        }
    }

    /** The better half of every section, and whatever answers a wish; never more than can be compared in a moment. */
    private static List<Candidate> candidates(List<Notes> notes, Set<String> wanted) {
        List<Candidate> all = new ArrayList<>();
        for (int section = 0; section < notes.size(); section++) {
            List<Candidate> quotes = candidates(section, notes.get(section));
            double[] weights =
                    quotes.stream().mapToDouble(c -> c.quote().weight()).toArray();
            Set<Integer> better = best(weights, Math.min((weights.length + 1) / 2, MOST_QUOTES))
                    .boxed()
                    .collect(Collectors.toSet());
            for (int i = 0; i < weights.length; i++) {
                if (better.contains(i) || quotes.get(i).answers(wanted) > 0) {
                    all.add(quotes.get(i));
                }
            }
        }
        double[] values = all.stream()
                .mapToDouble(c -> c.answers(wanted) + c.quote().weight())
                .toArray();
        return best(values, MOST_CANDIDATES).sorted().mapToObj(all::get).toList();
    }

    private static List<Candidate> candidates(int section, Notes notes) {
        Set<String> title = Words.stems(notes.title());
        return notes.quotes().stream()
                .map(quote -> new Candidate(section, notes.title(), title, quote, Words.stems(quote.sentence())))
                .toList();
    }

    /** The best candidates in reading order, without those that say the same as a better one. */
    private static List<Candidate> chosen(List<Candidate> candidates, double[] rank) {
        int most = Math.min(Math.max(candidates.size() / 3, FEWEST_LINES), MOST_LINES);
        List<Integer> chosen = new ArrayList<>();
        for (int i : best(rank, rank.length).toArray()) {
            if (chosen.size() < most
                    && chosen.stream()
                            .noneMatch(c -> same(
                                    candidates.get(c).stems(), candidates.get(i).stems()))) {
                chosen.add(i);
            }
        }
        return chosen.stream().sorted().map(candidates::get).toList();
    }

    private static boolean same(Set<String> a, Set<String> b) {
        long shared = a.stream().filter(b::contains).count();
        return shared > SAME * (a.size() + b.size() - shared);
    }

    private static String text(String title, List<String> wishes, List<Candidate> lines) {
        StringBuilder text = new StringBuilder("# Digest of " + title + "\n");
        if (!wishes.isEmpty()) {
            text.append("\nEmphasis: ").append(String.join("; ", wishes)).append('\n');
        }
        int section = -1;
        for (Candidate line : lines) {
            if (line.section() != section) {
                section = line.section();
                text.append("\n## ").append(line.title()).append("\n\n");
            }
            text.append("- ").append(line.quote().sentence()).append('\n');
        }
        return lines.isEmpty()
                ? text.append("\nThe document has no text to condense.\n").toString()
                : text.toString();
    }

    /** The places of the highest values, highest first; of equals, the earlier first. */
    private static IntStream best(double[] values, int most) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -values[i]).thenComparing(i -> i))
                .limit(most)
                .mapToInt(i -> i);
    }
}
