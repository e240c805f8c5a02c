package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;
import static dev.clew.samples.graphs.DeskUpdate.fresh;
import static dev.clew.samples.graphs.DeskUpdate.update;

import dev.clew.annotations.Append;
import dev.clew.annotations.Cached;
import dev.clew.annotations.Context;
import dev.clew.annotations.End;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.OnError;
import dev.clew.annotations.Output;
import dev.clew.annotations.Reduce;
import dev.clew.annotations.Reducer;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Subgraph;
import dev.clew.annotations.Task;
import dev.clew.annotations.To;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Small graphs, one for each thing that an annotated class may say. */
final class Desks {
    private Desks() {}

    @State
    record Desk(
            String topic,
            @Append List<String> notes,
            @Append List<String[]> pages,

            @Longest(
                    atLeast = 2,
                    words = {"a", "bb"})
            String title,

            @Nullable String draft,
            @Nullable Integer score) {}

    /** A reducer of the user's, made with the members of its annotation. */
    @Reduce(LongestText.class)
    @interface Longest {
        int atLeast();

        String[] words();
    }

    record LongestText(int atLeast, List<String> words) implements Reducer<String, String> {
        LongestText(int atLeast, String[] words) {
            this(atLeast, List.of(words));
        }

        @Override
        public String identity() {
            return words.get(words.size() - 1);
        }

        @Override
        public String apply(String current, String update) {
            return update.length() >= atLeast && update.length() > current.length() ? update : current;
        }
    }

    record Brief(String about) {}

    // --- a graph in a graph ---

    enum Verdict {
        @To("publish")
        GOOD,
        @End
        WEAK
    }

    /** Takes what its parent sends, and routes there. */
    @StateGraph(Desk.class)
    static class Writer {
        @Input
        DeskUpdate begin(Brief brief) {
            return update().topic(brief.about());
        }

        @Node(after = START, writes = "notes")
        String write(String topic) {
            return "about " + topic;
        }

        @Output
        Verdict verdict(String topic) {
            return topic.length() > 3 ? Verdict.GOOD : Verdict.WEAK;
        }
    }

    @StateGraph(Desk.class)
    static class Office {
        @Subgraph
        Writer writer = new Writer();

        @Input
        DeskUpdate begin(String topic) {
            return fresh().topic(topic);
        }

        @Node(after = START)
        List<Brief> plan(String topic) {
            return List.of(new Brief(topic), new Brief(topic + "+"));
        }

        @Node(writes = "draft")
        String publish(List<String> notes) {
            return String.join(", ", notes);
        }

        @Output
        @Nullable
        String result(@Nullable String draft) {
            return draft;
        }
    }

    /** Its writer is no node: only code calls it. */
    @StateGraph(Desk.class)
    static class Caller {
        @Subgraph
        Writer writer = new Writer();

        @Input
        DeskUpdate begin(String topic) {
            return fresh().topic(topic);
        }

        @Node(after = START, writes = "notes")
        String ask(String topic, Desks_CallerTasks tasks) {
            return tasks.writer(new Brief(topic)).join() + tasks.shout(topic).join();
        }

        @Task
        String shout(String text, @Context StringBuilder end) {
            return " " + text.toUpperCase(Locale.ROOT) + end;
        }

        @Output
        List<String> result(List<String> notes) {
            return notes;
        }
    }

    @StateGraph(Desk.class)
    static class Signer {
        @Node(after = START, writes = "draft")
        String sign(String topic, @Context StringBuilder name) {
            return topic + ", " + name;
        }
    }

    /** Its own code needs no context, but what it calls does. */
    @StateGraph(Desk.class)
    static class SigningCaller {
        @Subgraph
        Signer signer = new Signer();

        @Node(after = START, writes = "draft")
        String ask(String topic, Desks_SigningCallerTasks tasks) {
            return tasks.signer(update().topic(topic)).join().draft();
        }

        @Input
        DeskUpdate begin(String topic) {
            return fresh().topic(topic);
        }

        @Output
        String result(String draft) {
            return draft;
        }
    }

    // --- inherited nodes ---

    abstract static class Scorer<T> {
        @Node(after = START, writes = "score")
        T score(String topic) {
            return rate(topic);
        }

        abstract T rate(String topic);

        @Input
        DeskUpdate begin(String topic) {
            return fresh().topic(topic);
        }
    }

    @StateGraph(Desk.class)
    static class Lengths extends Scorer<Integer> {
        @Override
        Integer rate(String topic) {
            return topic.length();
        }

        @Output
        int result(int score) {
            return score;
        }
    }

    /** Its output takes what no node writes. */
    @StateGraph(Desk.class)
    static class Forgetful {
        @Node(after = START)
        void nothing() {}

        @Output
        int result(int score) {
            return score;
        }
    }

    // --- the rest ---

    /** The key of a node is what its method makes of what the node takes. */
    @StateGraph(Desk.class)
    static class Keyed {
        final AtomicInteger calls = new AtomicInteger();

        @Input
        DeskUpdate begin(String topic) {
            return fresh().topic(topic);
        }

        @Node(after = START, writes = "notes", cache = @Cached(key = "key"))
        String note(String topic, List<String> notes) {
            return topic + calls.incrementAndGet();
        }

        static String key(String topic, List<String> notes) {
            return topic.toLowerCase(Locale.ROOT) + notes.size();
        }

        @Output
        List<String> result(List<String> notes) {
            return notes;
        }
    }

    /** Methods of one name, of which one is a node; arrays; a reducer with members. */
    @StateGraph(Desk.class)
    static class Overloads {
        @Node(after = START)
        DeskUpdate write(@Nullable Integer score) {
            return update().pages(new String[] {"one"}, new String[] {"two", "three"})
                    .title("x")
                    .title("longer");
        }

        DeskUpdate write(int score) {
            throw new IllegalStateException();
        }

        @Node(after = "write", writes = "pages")
        String[] more(List<String[]> pages) {
            return new String[] {pages.get(1)[1]};
        }

        @Output
        List<String> result(List<String[]> pages, String title) {
            List<String> all = new ArrayList<>();
            pages.forEach(page -> all.addAll(List.of(page)));
            all.add(title);
            return all;
        }
    }

    // --- two types of routes with equal labels ---

    enum Usual {
        @To("left")
        GO
    }

    enum Failed {
        @To("right")
        GO
    }

    @StateGraph(Desk.class)
    static class TwoRoutes {
        @Input
        DeskUpdate begin(String topic) {
            return fresh().topic(topic);
        }

        @Node(after = START)
        Usual choose(String topic) {
            if (topic.isEmpty()) {
                throw new IllegalArgumentException("no topic");
            }
            return Usual.GO;
        }

        @OnError("choose")
        Failed otherwise(String topic) {
            return Failed.GO;
        }

        @Node(writes = "notes")
        String left() {
            return "left";
        }

        @Node(writes = "notes")
        String right() {
            return "right";
        }

        @Output
        List<String> result(List<String> notes) {
            return notes;
        }
    }
}
