package dev.clew.samples.digest;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import opennlp.tools.stemmer.PorterStemmer;

/** Takes text apart: into sentences, and into the stems of the words that carry meaning. Tuned for English. */
final class Words {
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}]+");

    private static final Set<String> STOP =
            Set.of(("a about above after again all also am an and any are as at be because"
                            + " been before being below between both but by can could did do does doing down during each emphasise"
                            + " emphasize every few focus for from further give had has have having he her here hers him his how if"
                            + " in into is it its itself just less let like make many may me might more most much must my no nor not"
                            + " of off on once one only or other our out over own please same say section she should so some such"
                            + " tell than that the their them then there these they this those through to too under until up use used"
                            + " very want was we were what when where which while who whom why will with would you your")
                    .split(" "));

    private Words() {}

    /** The sentences of a paragraph. */
    static List<String> sentences(String paragraph) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(paragraph);
        List<String> sentences = new ArrayList<>();
        for (int from = breaks.first(), to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            String sentence = paragraph.substring(from, to).strip();
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
        }
        return sentences;
    }

    /** The stems of the words that are not among English's most common ones, in reading order. */
    static Set<String> stems(String text) {
        PorterStemmer porter = new PorterStemmer();
        Set<String> stems = new LinkedHashSet<>();
        WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(word -> word.group())
                .filter(word -> !STOP.contains(word))
                .forEach(word -> stems.add(porter.stem(word)));
        return stems;
    }
}
