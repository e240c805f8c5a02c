package dev.clew.store;

import dev.clew.store.FieldPath.Element;
import dev.clew.store.FieldPath.EveryElement;
import dev.clew.store.FieldPath.Member;
import dev.clew.store.FieldPath.Step;
import dev.clew.value.ClewException;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a path, and writes one. Confined to one call. */
final class PathText {
    private static final String SPECIAL = ".[]\\";

    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    PathText(String text) {
        this.text = text;
    }

    FieldPath path() {
        if (text.startsWith("$.")) {
            at = 2;
        } else if (text.startsWith("$[")) {
            at = 1;
            elements();
            if (at < text.length()) {
                expectDot();
            }
        }
        if (at < text.length() || steps.isEmpty()) {
            member();
            while (at < text.length()) {
                expectDot();
                member();
            }
        }
        return new FieldPath(text, steps);
    }

    static String write(String... names) {
        List<String> escaped = new ArrayList<>();
        for (String name : names) {
            StringBuilder written = new StringBuilder();
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                written.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
            }
            escaped.add(written.toString());
        }
        return String.join(".", escaped);
    }

    private void member() {
        StringBuilder name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
            char c = text.charAt(at++);
            if (c == ']') {
                throw refused("there is no '[' for a ']'");
            }
            if (c == '\\') {
                if (at == text.length()) {
                    throw refused("it ends with a backslash");
                }
                c = text.charAt(at++);
            }
            name.append(c);
        }
        if (name.isEmpty()) {
            throw refused("a name is missing");
        }
        steps.add(new Member(name.toString()));
        elements();
    }

    private void elements() {
        while (at < text.length() && text.charAt(at) == '[') {
            int end = text.indexOf(']', at);
            if (end < 0) {
                throw refused("a ']' is missing");
            }
            steps.add(element(text.substring(at + 1, end)));
            at = end + 1;
        }
    }

    private Step element(String index) {
        if (index.equals(Labels.WILDCARD)) {
            return new EveryElement();
        }
        if (!index.matches("-?[0-9]{1,9}")) {
            throw refused("'[" + index + "]' is neither [*] nor a position such as [0] or [-1]");
        }
        return new Element(Integer.parseInt(index));
    }

    private void expectDot() {
        if (text.charAt(at) != '.') {
            throw refused("a '.' is missing after ']'");
        }
        at++;
    }

    private ClewException refused(String reason) {
        return new IllegalRequestException("'" + text + "' is no path to a member: " + reason
                + "; write a.b, a[0] or a[*], with a backslash before a character to be taken as it is");
    }
}
