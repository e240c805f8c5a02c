package dev.clew.store;

import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leads to a member of a document, however deep.
 *
 * <p>Written as {@code author.name}, {@code tags[0]}, {@code tags[-1]} (the last), {@code lines[*].text} (of every
 * element); {@code $} is the document itself, and may begin any path as {@code $.}. A backslash takes the next character
 * as it is. A path is only ever walked, and never becomes part of a query's text, whatever is in it.
 *
 * <p>Immutable. A path with {@code [*]} may name what is indexed, but not what a {@link Filter} compares.
 *
 * <pre>{@code
 * Filter.eq(FieldPath.of("a.b"), 1)      // the one member whose name has a dot in it
 * Filter.eq("a.b", 1)                    // the member b of the member a
 * }</pre>
 */
public final class FieldPath {
    private static final FieldPath DOCUMENT = new FieldPath("$", List.of());

    private final String text;
    private final List<Step> steps;

    FieldPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    /** One step down. */
    sealed interface Step {}

    record Member(String name) implements Step {}

    /** Counted from the end where it is negative. */
    record Element(int index) implements Step {}

    record EveryElement() implements Step {}

    /**
     * The path that this text writes.
     *
     * @throws IllegalRequestException if it writes none
     */
    public static FieldPath parse(String text) {
        return text.equals("$") ? DOCUMENT : new PathText(text).path();
    }

    /** The path of members with exactly these names. */
    public static FieldPath of(String... names) {
        if (names.length == 0) {
            throw new IllegalRequestException("a path of members needs at least one name");
        }
        List<Step> members = new ArrayList<>();
        for (String name : names) {
            members.add(new Member(name));
        }
        return new FieldPath(PathText.write(names), members);
    }

    /** Whether it leads to at most one member. */
    boolean isSingle() {
        return steps.stream().noneMatch(EveryElement.class::isInstance);
    }

    /** Each step of a path without {@code [*]}: the name of a member, or the position of an element. */
    List<Object> plainSteps() {
        List<Object> plain = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Member member) {
                plain.add(member.name());
            } else if (step instanceof Element element) {
                plain.add(element.index());
            }
        }
        return plain;
    }

    /** The member that a path without {@code [*]} leads to; null where it is missing, too. */
    @Nullable
    Object in(@Nullable Object document) {
        Object at = document;
        for (Step step : steps) {
            at = next(at, step);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /** All members that it leads to, in their order, without those that are missing or null. */
    List<Object> allIn(@Nullable Object document) {
        List<Object> found = new ArrayList<>();
        collect(document, 0, found);
        return found;
    }

    private void collect(@Nullable Object at, int depth, List<Object> found) {
        if (at == null) {
            return;
        }
        if (depth == steps.size()) {
            found.add(at);
        } else if (!(steps.get(depth) instanceof EveryElement)) {
            collect(next(at, steps.get(depth)), depth + 1, found);
        } else if (at instanceof List<?> list) {
            list.forEach(element -> collect(element, depth + 1, found));
        }
    }

    private static @Nullable Object next(@Nullable Object at, Step step) {
        if (step instanceof Member member) {
            return at instanceof Map<?, ?> map ? map.get(member.name()) : null;
        }
        if (step instanceof Element element && at instanceof List<?> list) {
            int index = element.index() < 0 ? list.size() + element.index() : element.index();
            return index >= 0 && index < list.size() ? list.get(index) : null;
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldPath that && steps.equals(that.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
