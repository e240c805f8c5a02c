package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.Append;
import dev.clew.annotations.KeepLast;
import dev.clew.annotations.Merge;
import dev.clew.annotations.Sum;
import dev.clew.graph.Changes;
import dev.clew.graph.Component;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.interrupt.InterruptKey;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state with components of every kind, and a graph that does to it what its input says. {@link #then} does the same in plain
 * code.
 *
 * @param notes collects
 * @param marks merges
 * @param tags collects each once
 * @param last keeps three
 * @param total adds up
 * @param draft keeps its last value
 * @param wish what the node {@code act} is to do: {@code ask}, {@code fail}, or nothing
 */
record Diary(
        List<String> notes,
        Map<String, String> marks,
        Set<String> tags,
        List<String> last,
        int total,
        @Nullable String draft,
        @Nullable String wish) {
    static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);

    private static final TypeRef<List<String>> LIST = new TypeRef<List<String>>() {};
    private static final TypeRef<Map<String, String>> MAP = new TypeRef<Map<String, String>>() {};
    private static final TypeRef<Set<String>> SET = new TypeRef<Set<String>>() {};
    private static final TypeRef<@Nullable String> TEXT = new TypeRef<@Nullable String>() {};
    private static final TypeRef<Integer> NUMBER = TypeRef.of(Integer.class);

    static final Component<List<String>, List<String>> NOTES =
            Component.reduced("notes", LIST, LIST, new Append.ToList<String>());
    static final Component<Map<String, String>, Map<String, String>> MARKS =
            Component.reduced("marks", MAP, MAP, new Merge.ToMap<String, String>());
    static final Component<Set<String>, Set<String>> TAGS =
            Component.reduced("tags", SET, SET, new Append.ToSet<String>());
    static final Component<List<String>, List<String>> LAST =
            Component.reduced("last", LIST, LIST, new KeepLast.InList<String>(3));
    static final Component<Integer, Integer> TOTAL = Component.reduced("total", NUMBER, NUMBER, Sum.OfInt.INSTANCE);
    static final Component<@Nullable String, @Nullable String> DRAFT = Component.lastValue("draft", TEXT, null);
    static final Component<@Nullable String, @Nullable String> WISH = Component.lastValue("wish", TEXT, null);

    static final StateSpec<Diary> STATE = StateSpec.of(
            Diary.class,
            values -> new Diary(
                    values.get(NOTES),
                    values.get(MARKS),
                    values.get(TAGS),
                    values.get(LAST),
                    values.get(TOTAL),
                    values.get(DRAFT),
                    values.get(WISH)),
            diary -> new @Nullable Object[] {
                diary.notes, diary.marks, diary.tags, diary.last, diary.total, diary.draft, diary.wish
            },
            NOTES,
            MARKS,
            TAGS,
            LAST,
            TOTAL,
            DRAFT,
            WISH);

    static final Diary EMPTY = new Diary(List.of(), Map.of(), Set.of(), List.of(), 0, null, null);

    /** {@code write}, then {@code act}. Its input is {@code op text; op text}. */
    static GraphSpec<String, Diary, Diary> graph() {
        return GraphSpec.of("diary", STATE)
                .input(String.class, Diary::update)
                .node("write")
                .after(START)
                .leaf(in -> update("note written"))
                .node("act")
                .after("write")
                .scope(in -> {
                    String wish = in.state().wish;
                    if ("fail".equals(wish)) {
                        throw new IllegalStateException("as wished");
                    }
                    if ("ask".equals(wish)) {
                        boolean unused = in.interrupt(OK, "sure?");
                    }
                    return update("add 1");
                })
                .build();
    }

    static StateUpdate<Diary> update(String ops) {
        Changes<Diary> changes = STATE.changes();
        for (String op : ops.split("; ")) {
            changes = changed(changes, op.substring(0, op.indexOf(' ')), op.substring(op.indexOf(' ') + 1));
        }
        return changes.update();
    }

    private static Changes<Diary> changed(Changes<Diary> changes, String op, String text) {
        return switch (op) {
            case "fresh" -> changes.fresh();
            case "note" -> changes.add(NOTES, List.of(text));
            case "mark" -> changes.add(MARKS, Map.of(text.substring(0, 1), text));
            case "tag" -> changes.add(TAGS, Set.of(text));
            case "last" -> changes.add(LAST, List.of(text));
            case "add" -> changes.add(TOTAL, Integer.valueOf(text));
            case "draft" -> changes.set(DRAFT, text);
            case "wish" -> changes.set(WISH, text.equals("nothing") ? null : text);
            case "notes" -> changes.replace(NOTES, List.of(text.split(",")));
            case "tags" -> changes.replace(TAGS, Set.of(text));
            case "marks" -> changes.replace(MARKS, Map.of(text.substring(0, 1), text));
            default -> throw new IllegalArgumentException(op);
        };
    }

    /** What these ops make of it. */
    Diary then(String ops) {
        Diary diary = this;
        for (String op : ops.split("; ")) {
            diary = diary.next(op.substring(0, op.indexOf(' ')), op.substring(op.indexOf(' ') + 1));
        }
        return diary;
    }

    private Diary next(String op, String text) {
        List<String> moreNotes = new ArrayList<>(notes);
        Map<String, String> moreMarks = new LinkedHashMap<>(marks);
        Set<String> moreTags = new LinkedHashSet<>(tags);
        List<String> moreLast = new ArrayList<>(last);
        switch (op) {
            case "fresh" -> {
                return EMPTY;
            }
            case "note" -> moreNotes.add(text);
            case "mark" -> moreMarks.put(text.substring(0, 1), text);
            case "tag" -> moreTags.add(text);
            case "last" -> moreLast.add(text);
            case "notes" -> moreNotes = List.of(text.split(","));
            case "tags" -> moreTags = Set.of(text);
            case "marks" -> moreMarks = Map.of(text.substring(0, 1), text);
            default -> {}
        }
        return new Diary(
                moreNotes,
                moreMarks,
                moreTags,
                moreLast.subList(Math.max(0, moreLast.size() - 3), moreLast.size()),
                op.equals("add") ? total + Integer.parseInt(text) : total,
                op.equals("draft") ? text : draft,
                op.equals("wish") ? text.equals("nothing") ? null : text : wish);
    }
}
