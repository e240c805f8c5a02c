package dev.clew.server.view;

import dev.clew.server.json.Json;
import dev.clew.value.Codec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What threads are found by: a label for each member of their metadata, whatever its depth. A thread contains what is
 * searched for if it has the labels of that; so a list of objects is compared member by member, not object by object.
 *
 * <pre>{@code
 * Labels.texts(metadata);   // owner="ann", tags[]="new", tags=[]
 * }</pre>
 */
public final class Labels {
    private static final String KIND = "thread label";
    private static final int LONGEST = 400;

    /** What temporary threads have beside the labels of their metadata, which all have an equals sign. */
    public static final String TEMPORARY = "temporary";

    private Labels() {}

    /** The labels with which a thread is stored. */
    public static Set<String> stored(ObjectNode metadata, Codec codec) {
        Set<String> labels = new LinkedHashSet<>();
        texts(metadata).forEach(text -> labels.add(codec.tokens(KIND, text).get(0)));
        return labels;
    }

    /** For each label that is searched for, the forms in which it may be stored. */
    public static List<Set<String>> wanted(ObjectNode metadata, Codec codec) {
        List<Set<String>> labels = new ArrayList<>();
        texts(metadata).forEach(text -> labels.add(Set.copyOf(codec.tokens(KIND, text))));
        return labels;
    }

    static Set<String> texts(ObjectNode metadata) {
        Set<String> texts = new LinkedHashSet<>();
        metadata.properties().forEach(member -> collect(escaped(member.getKey()), member.getValue(), texts));
        return texts;
    }

    private static void collect(String path, JsonNode value, Set<String> into) {
        Ids.requireWellFormed("metadata", path);
        if (value.isObject()) {
            into.add(label(path, "{}"));
            value.properties()
                    .forEach(member -> collect(path + "." + escaped(member.getKey()), member.getValue(), into));
        } else if (value.isArray()) {
            into.add(label(path, "[]"));
            value.forEach(element -> collect(path + "[]", element, into));
        } else {
            Ids.requireWellFormed("metadata", value.asString());
            into.add(label(path, number(value)));
        }
    }

    /** 1 and 1.0 are one number. One of a billion digits, such as 1e999999999, is not written out. */
    private static String number(JsonNode value) {
        if (!value.isNumber()) {
            return value.toString();
        }
        BigDecimal number = value.decimalValue().stripTrailingZeros();
        return Math.abs((long) number.scale()) <= LONGEST ? number.toPlainString() : number.toString();
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\")
                .replace(".", "\\.")
                .replace("[", "\\[")
                .replace("=", "\\=");
    }

    private static String label(String path, String value) {
        String text = path + "=" + value;
        return text.length() <= LONGEST / 4 || bytes(text).length <= LONGEST
                ? text
                : text.substring(0, 64).replaceAll("[\\ud800-\\udfff]", "?") + "#" + sha(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** Whether metadata has all members that are wanted, as a search judges it. */
    public static boolean contains(ObjectNode metadata, ObjectNode wanted) {
        return texts(metadata).containsAll(texts(wanted));
    }

    /** A member that equals a value, or is a list that has it. */
    public static boolean holds(ObjectNode metadata, String key, Object value) {
        JsonNode wanted = Json.of(value);
        JsonNode member = metadata.get(key);
        if (member == null) {
            return false;
        }
        if (!member.isArray()) {
            return number(member).equals(number(wanted));
        }
        for (JsonNode element : member) {
            if (number(element).equals(number(wanted))) {
                return true;
            }
        }
        return false;
    }

    /** The forms of the labels of which a thread must have one, so that {@link #holds}. */
    public static Set<String> holding(String key, Object value, Codec codec) {
        String text = number(Json.of(value));
        Set<String> forms = new LinkedHashSet<>(codec.tokens(KIND, label(escaped(key), text)));
        forms.addAll(codec.tokens(KIND, label(escaped(key) + "[]", text)));
        return forms;
    }
}
