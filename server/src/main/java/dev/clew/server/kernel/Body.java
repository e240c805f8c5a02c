package dev.clew.server.kernel;

import dev.clew.server.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a body. A member that is null counts as absent, and so does an unknown one; one of the wrong type is
 * refused with its name.
 *
 * <pre>{@code
 * String assistant = body.requireText("assistant_id");
 * int limit = body.integer("limit", 1, 1000).orElse(10);
 * }</pre>
 *
 * @param node the object
 */
public record Body(ObjectNode node) {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000);

    /** A body without members. */
    public static final Body EMPTY = new Body(Json.object());

    /** A member as it is; null if it is absent. */
    public @Nullable JsonNode find(String name) {
        JsonNode member = node.get(name);
        return member == null || member.isNull() ? null : member;
    }

    public boolean has(String name) {
        return find(name) != null;
    }

    /** A text; empty if it is absent or has no characters. */
    public Optional<String> text(String name) {
        JsonNode member = find(name);
        if (member == null) {
            return Optional.empty();
        }
        if (!member.isString()) {
            throw wrong(name, "a text", member);
        }
        return Optional.of(wellFormed(name, member.stringValue())).filter(text -> !text.isEmpty());
    }

    public String requireText(String name) {
        return text(name).orElseThrow(() -> ApiRefusal.invalid("'" + name + "' is missing; it is a required text"));
    }

    /** One of some texts. */
    public Optional<String> oneOf(String name, String... allowed) {
        Optional<String> given = text(name);
        given.filter(text -> !Arrays.asList(allowed).contains(text)).ifPresent(text -> {
            throw ApiRefusal.invalid(
                    "'" + name + "' is '" + text + "'; it must be one of " + String.join(", ", allowed));
        });
        return given;
    }

    /** An object; empty if it is absent. */
    public Optional<ObjectNode> object(String name) {
        JsonNode member = find(name);
        if (member == null) {
            return Optional.empty();
        }
        if (!(member instanceof ObjectNode object)) {
            throw wrong(name, "an object", member);
        }
        return Optional.of(object);
    }

    /** The members of an object; none if it is absent. */
    public Body inner(String name) {
        return object(name).map(Body::new).orElse(EMPTY);
    }

    public boolean flag(String name, boolean otherwise) {
        JsonNode member = find(name);
        if (member == null) {
            return otherwise;
        }
        if (!member.isBoolean()) {
            throw wrong(name, "true or false", member);
        }
        return member.booleanValue();
    }

    /** A whole number. */
    public OptionalInt integer(String name, int least, int greatest) {
        JsonNode member = find(name);
        if (member == null) {
            return OptionalInt.empty();
        }
        if (!member.isIntegralNumber() || !member.canConvertToInt()) {
            throw wrong(name, "a whole number", member);
        }
        int number = member.intValue();
        if (number < least || number > greatest) {
            throw ApiRefusal.invalid("'" + name + "' is " + number + "; it must be from " + least + " to " + greatest);
        }
        return OptionalInt.of(number);
    }

    /** A number of seconds, minutes or the like, not negative. */
    public Optional<Double> number(String name) {
        JsonNode member = find(name);
        if (member == null) {
            return Optional.empty();
        }
        if (!member.isNumber()) {
            throw wrong(name, "a number", member);
        }
        BigDecimal number = member.decimalValue(); // a double cannot hold 1e400
        if (number.signum() < 0 || number.compareTo(LARGEST) > 0) {
            throw ApiRefusal.invalid("'" + name + "' is " + member + "; it must be from 0 to 1000000000");
        }
        return Optional.of(number.doubleValue());
    }

    /** A list of texts; a single text is a list of one. Empty if it is absent. */
    public List<String> texts(String name) {
        JsonNode member = find(name);
        if (member == null) {
            return List.of();
        }
        if (member.isString()) {
            return List.of(wellFormed(name, member.stringValue()));
        }
        if (!member.isArray()) {
            throw wrong(name, "a list of texts", member);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : member) {
            if (!element.isString()) {
                throw wrong(name, "a list of texts", element);
            }
            texts.add(wellFormed(name, element.stringValue()));
        }
        return texts;
    }

    /** A list; empty if it is absent. */
    public List<JsonNode> list(String name) {
        JsonNode member = find(name);
        if (member == null) {
            return List.of();
        }
        if (!member.isArray()) {
            throw wrong(name, "a list", member);
        }
        List<JsonNode> all = new ArrayList<>();
        member.forEach(all::add);
        return all;
    }

    /** Refuses members that ask for something that is not done here; absent, empty and false ones ask for nothing. */
    public void requireNone(Set<String> names, String why) {
        for (String name : names) {
            JsonNode member = find(name);
            boolean asks = member != null
                    && !(member.isContainer() && member.isEmpty())
                    && !(member.isString() && member.stringValue().isEmpty())
                    && !(member.isBoolean() && !member.booleanValue());
            if (asks) {
                throw ApiRefusal.invalid("'" + name + "' " + why);
            }
        }
    }

    private static String wellFormed(String name, String text) {
        if (!Json.isWellFormed(text)) {
            throw ApiRefusal.invalid("'" + name + "' is not well-formed Unicode: it has half of a surrogate pair");
        }
        return text;
    }

    private static ApiRefusal wrong(String name, String wanted, JsonNode given) {
        String text = given.toString();
        String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return ApiRefusal.invalid("'" + name + "' must be " + wanted + ", not " + shown);
    }
}
