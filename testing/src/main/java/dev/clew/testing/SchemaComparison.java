package dev.clew.testing;

import static dev.clew.testing.ContractComparison.list;
import static dev.clew.testing.ContractComparison.map;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what values that were written by one schema lose, or are refused for, where they are read by another. */
final class SchemaComparison {
    private static final List<String> LOWER = List.of("minimum", "minLength", "minItems");
    private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems");

    /** What becomes of a stored value. */
    enum Kind {
        REFUSED,
        LOST,
        NEW
    }

    /** One difference, at a path as in {@code $.lines[].count}. */
    record Difference(Kind kind, String path, String detail) {}

    private final Map<?, ?> before;
    private final Map<?, ?> now;
    /** What is told once of objects, wherever they are: schemas may refer to themselves. */
    private final Set<List<Object>> compared = new HashSet<>();

    /** The nearest first, so that a difference is told by its shortest path. */
    private final Deque<Runnable> open = new ArrayDeque<>();

    private final List<Difference> found = new ArrayList<>();

    SchemaComparison(Map<?, ?> before, Map<?, ?> now) {
        this.before = before;
        this.now = now;
    }

    List<Difference> compare() {
        compare("$", before, now);
        while (!open.isEmpty()) {
            open.remove().run();
        }
        return found;
    }

    private void compare(String path, Map<?, ?> was, Map<?, ?> is) {
        open.add(() -> compareChoices(path, was, is));
    }

    private void compareChoices(String path, Map<?, ?> was, Map<?, ?> is) {
        List<Map<?, ?>> old = choices(was, before);
        List<Map<?, ?>> fresh = choices(is, now);
        for (Map<?, ?> choice : old) {
            if (isOpen(choice) || fresh.stream().anyMatch(SchemaComparison::isOpen)) {
                opened(path, choice, fresh);
                continue;
            }
            Optional<Map<?, ?>> same = fresh.stream()
                    .filter(other -> label(other).equals(label(choice)))
                    .findFirst();
            same.or(() -> wider(choice, fresh))
                    .ifPresentOrElse(
                            other -> compareOne(path, choice, other),
                            () -> refused(path, label(choice) + " is no longer read; now it is " + labels(fresh)));
        }
        Set<String> known = labels(old);
        labels(fresh).stream()
                .filter(label -> !known.contains(label) && old.stream().noneMatch(SchemaComparison::isOpen))
                .forEach(label -> found.add(new Difference(Kind.NEW, path, "may also be " + label)));
    }

    /** What is open was written as what it is, and nobody knows what that was. */
    private void opened(String path, Map<?, ?> was, List<Map<?, ?>> fresh) {
        boolean isSame = fresh.stream().anyMatch(is -> Objects.equals(is.get("java"), was.get("java")));
        if (!isSame) {
            refused(
                    path,
                    label(was) + " has become " + labels(fresh) + ", and no schema says whether that can be read");
        }
    }

    private static Optional<Map<?, ?>> wider(Map<?, ?> was, List<Map<?, ?>> fresh) {
        return fresh.stream()
                .filter(is -> label(was).equals("integer") && label(is).equals("number"))
                .findFirst();
    }

    private void compareOne(String path, Map<?, ?> was, Map<?, ?> is) {
        if (was.get("properties") != null && !compared.add(List.of(was, is))) {
            return;
        }
        Set<Object> constants = new HashSet<>(list(was.get("enum")));
        constants.removeAll(list(is.get("enum")));
        if (was.get("enum") != null && !constants.isEmpty()) {
            refused(path, "constant " + sorted(constants) + " is gone");
        }
        bounds(path, was, is);
        if (was.get("items") != null) {
            compare(path + "[]", map(was.get("items")), map(is.get("items")));
        }
        if (was.get("additionalProperties") instanceof Map<?, ?> others) {
            compare(path + ".*", others, map(is.get("additionalProperties")));
        }
        Map<?, ?> old = map(was.get("properties"));
        Map<?, ?> fresh = map(is.get("properties"));
        old.forEach((name, member) -> {
            String at = path + "." + name;
            if (fresh.containsKey(name)) {
                compare(at, map(member), map(fresh.get(name)));
            } else {
                found.add(new Difference(Kind.LOST, at, "member is gone"));
            }
        });
        fresh.keySet().stream()
                .filter(name -> !old.containsKey(name))
                .forEach(name -> found.add(new Difference(
                        Kind.NEW,
                        path + "." + name,
                        "member is new: it is null, false, 0 or empty in what is stored")));
    }

    private void bounds(String path, Map<?, ?> was, Map<?, ?> is) {
        for (String bound : LOWER) {
            narrowed(path, bound, is.get(bound), was.get(bound), 1);
        }
        for (String bound : UPPER) {
            narrowed(path, bound, is.get(bound), was.get(bound), -1);
        }
        if (is.get("format") != null && !is.get("format").equals(was.get("format"))) {
            refused(path, "must have the format " + is.get("format"));
        }
    }

    private void narrowed(String path, String bound, @Nullable Object limit, @Nullable Object old, int sign) {
        if (limit instanceof Number number
                && !(old instanceof Number before
                        && Double.compare(number.doubleValue(), before.doubleValue()) * sign <= 0)) {
            refused(path, bound + " is " + limit + (old == null ? "" : " and was " + old));
        }
    }

    private void refused(String path, String detail) {
        found.add(new Difference(Kind.REFUSED, path, detail));
    }

    // --- what a schema allows ---

    /** The schemas of which a value fits one, without references, each of one type. */
    private static List<Map<?, ?>> choices(Map<?, ?> schema, Map<?, ?> root) {
        Map<?, ?> node = schema;
        for (int i = 0; i < 100 && node.get("$ref") instanceof String ref; i++) {
            node = map(map(root.get("$defs")).get(ref.substring(ref.lastIndexOf('/') + 1)));
        }
        List<?> any = node.get("anyOf") != null ? list(node.get("anyOf")) : list(node.get("oneOf"));
        List<Map<?, ?>> choices = new ArrayList<>();
        for (Object choice : any) {
            choices.addAll(choices(map(choice), root));
        }
        if (node.get("type") instanceof List<?> types) {
            for (Object type : types) {
                Map<Object, Object> one = new HashMap<>(node);
                one.put("type", type);
                choices.add(one);
            }
        } else if (any.isEmpty()) {
            choices.add(node);
        }
        return choices;
    }

    private static boolean isOpen(Map<?, ?> schema) {
        return schema.get("type") == null && schema.get("enum") == null && schema.get("const") == null;
    }

    /** What a value of it is told from others by: its discriminator, or its type. */
    private static String label(Map<?, ?> schema) {
        if (schema.get("java") != null) {
            return "a " + schema.get("java");
        }
        Map<?, ?> properties = map(schema.get("properties"));
        for (Map.Entry<?, ?> member : properties.entrySet()) {
            if (map(member.getValue()).get("const") instanceof String name) {
                return "case '" + name + "'";
            }
        }
        if (schema.get("enum") != null) {
            return "a constant";
        }
        return schema.get("type") == null ? "anything" : String.valueOf(schema.get("type"));
    }

    private static Set<String> labels(List<Map<?, ?>> schemas) {
        Set<String> labels = new TreeSet<>();
        schemas.forEach(schema -> labels.add(label(schema)));
        return labels;
    }

    private static Set<String> sorted(Set<Object> constants) {
        Set<String> texts = new TreeSet<>();
        constants.forEach(constant -> texts.add(String.valueOf(constant)));
        return texts;
    }
}
