package dev.clew.graph.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text of a plan that a {@link PlanWriter} wrote, word by word. */
public final class PlanReader {
    private final String text;
    private int at;

    private PlanReader(String text) {
        this.text = text;
    }

    /**
     * The plan of this text.
     *
     * @throws IllegalArgumentException if the text is no plan, or one of a newer version
     */
    public static Plan read(String text) {
        return new PlanReader(text).plan();
    }

    private Plan plan() {
        int number = number();
        int limit = number();
        List<Due> due = new ArrayList<>(1);
        List<Arrivals> arrivals = new ArrayList<>(0);
        List<Waiting> waiting = new ArrayList<>(0);
        List<String> pause = new ArrayList<>(0);
        while (at < text.length()) {
            String kind = word();
            switch (kind) {
                case PlanWriter.RUN -> due.add(new Due(name(), number(), isPartOver() ? null : sent()));
                case PlanWriter.JOIN -> arrivals.add(new Arrivals(name(), names()));
                case PlanWriter.WAITS_BY_EDGE -> waiting.add(new Waiting(name(), true, allSent()));
                case PlanWriter.WAITS -> waiting.add(new Waiting(name(), false, allSent()));
                case PlanWriter.PAUSE -> pause.addAll(names());
                default -> throw damaged("'" + kind + "', which this version of Clew does not know", null);
            }
            if (!isPartOver()) {
                throw damaged("more words than a '" + kind + "' has", null);
            }
        }
        return new Plan(number, due, arrivals, waiting, limit, pause);
    }

    private boolean isPartOver() {
        return at == text.length() || text.charAt(at) == ';';
    }

    /** The next word; what ends it stays, if that ends the part, too. */
    private String word() {
        if (at < text.length() && at > 0) {
            at++;
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != ';') {
            at++;
        }
        return text.substring(start, at);
    }

    private int number() {
        String word = isPartOver() && at > 0 ? "" : word();
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException no) {
            throw damaged("'" + word + "' in place of a number", no);
        }
    }

    private String name() {
        if (isPartOver()) {
            throw damaged("no name", null);
        }
        String word = word();
        return word.indexOf('%') < 0
                ? word
                : word.replace("%20", " ").replace("%3B", ";").replace("%25", "%");
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        while (!isPartOver()) {
            names.add(name());
        }
        return names;
    }

    private Sent sent() {
        return new Sent(name(), number(), number(), number());
    }

    private List<Sent> allSent() {
        List<Sent> all = new ArrayList<>();
        while (!isPartOver()) {
            all.add(sent());
        }
        return all;
    }

    private IllegalArgumentException damaged(String what, @Nullable Throwable cause) {
        return new IllegalArgumentException("the plan '" + text + "' has " + what + " before character " + at, cause);
    }
}
