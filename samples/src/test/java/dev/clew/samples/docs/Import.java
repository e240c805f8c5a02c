package dev.clew.samples.docs;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An import of a source or of a block in a document.
 *
 * @param line as it is written
 * @param name what is imported, with its package
 */
record Import(String line, String name) {
    private static final Pattern LINE = Pattern.compile("(?m)^import (?:static )?([\\w.]+);$");

    static List<Import> in(String code) {
        return LINE.matcher(code)
                .results()
                .map(found -> new Import(found.group(), found.group(1)))
                .toList();
    }

    /** Whether Clew has this, and not a sample. */
    boolean isOfClew() {
        return name.startsWith("dev.clew.")
                && !name.startsWith("dev.clew.samples.")
                && !name.startsWith("dev.clew.spring.shop.");
    }

    /** Whether this code, which has no imports, names what is imported. */
    boolean isUsedBy(String code) {
        String simpleName = name.substring(name.lastIndexOf('.') + 1);
        return Pattern.compile("\\b" + simpleName + "\\b").matcher(code).find();
    }
}
