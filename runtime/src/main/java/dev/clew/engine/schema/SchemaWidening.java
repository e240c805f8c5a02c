package dev.clew.engine.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether a schema allows every value that an older one allows. Names of definitions do not count, so a record may
 * have been renamed or moved. For one use.
 *
 * <p>If it cannot tell, it says no: then a question is asked anew, which costs nothing.
 */
final class SchemaWidening {
    private static final List<String> SCALARS = List.of("null", "boolean", "string", "integer", "number");

    private final boolean newMembersMayBeMissing;

    /** What is being compared further up, and holds unless a difference is found: schemas may refer to themselves. */
    private Set<Pair> assumed = new HashSet<>();

    SchemaWidening(boolean newMembersMayBeMissing) {
        this.newMembersMayBeMissing = newMembersMayBeMissing;
    }

    private record Pair(Schema now, Schema before) {}

    boolean takes(Schema now, Schema before) {
        Set<Pair> outside = new HashSet<>(assumed);
        if (!assumed.add(new Pair(now, before))) {
            return true;
        }
        boolean takes = takesResolved(now.resolved(), before.resolved());
        if (!takes) {
            assumed = outside;
        }
        return takes;
    }

    private boolean takesResolved(Schema now, Schema before) {
        if (now.isOpen()) {
            return true;
        }
        List<?> constants = before.constants();
        if (constants != null) {
            return constants.stream().allMatch(c -> now.misfit(c).isEmpty());
        }
        if (!before.alternatives().isEmpty()) {
            return before.alternatives().stream().allMatch(one -> takes(now, one));
        }
        if (before.types().size() > 1) {
            return before.types().stream().allMatch(type -> takes(now, before.only(type)));
        }
        if (!now.alternatives().isEmpty()) {
            return now.alternatives().stream().anyMatch(one -> takes(one, before));
        }
        return before.types().size() == 1
                && now.constants() == null
                && now.types().stream().anyMatch(type -> takesType(type, now, before));
    }

    private boolean takesType(String type, Schema now, Schema before) {
        String old = before.types().get(0);
        boolean wider = type.equals("number") && old.equals("integer");
        if (!type.equals(old) && !wider) {
            return false;
        }
        if (SCALARS.contains(type)) {
            return takesScalar(now, before);
        }
        return type.equals("array") ? takes(now.items(), before.items()) : takesMembers(now, before);
    }

    private static boolean takesScalar(Schema now, Schema before) {
        return isLooser("minimum", 1, now, before)
                && isLooser("maximum", -1, now, before)
                && isLooser("minLength", 1, now, before)
                && isLooser("maxLength", -1, now, before)
                && (now.format().isEmpty() || now.format().equals(before.format()));
    }

    /** @param sign 1 if a smaller number allows more, -1 if a greater one does */
    private static boolean isLooser(String bound, int sign, Schema now, Schema before) {
        Number limit = now.number(bound);
        Number old = before.number(bound);
        return limit == null || old != null && SchemaCheck.exact(old).compareTo(SchemaCheck.exact(limit)) * sign >= 0;
    }

    private boolean takesMembers(Schema now, Schema before) {
        Map<String, Schema> known = now.properties();
        Map<String, Schema> old = before.properties();
        Optional<Schema> others = now.others();
        for (Map.Entry<String, Schema> member : old.entrySet()) {
            Optional<Schema> wide =
                    Optional.ofNullable(known.get(member.getKey())).or(() -> others);
            if (wide.isEmpty() || !takes(wide.get(), member.getValue())) {
                return false;
            }
        }
        Optional<Schema> oldOthers = before.others();
        if (oldOthers.isPresent()) {
            boolean open = others.isPresent() && takes(others.get(), oldOthers.get());
            boolean named = known.entrySet().stream()
                    .allMatch(m -> old.containsKey(m.getKey()) || takes(m.getValue(), oldOthers.get()));
            if (!open || !named) {
                return false;
            }
        }
        return now.required().stream()
                .allMatch(name -> before.required().contains(name) || newMembersMayBeMissing && !old.containsKey(name));
    }
}
