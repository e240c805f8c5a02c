package dev.clew.samples.digest;

import dev.clew.samples.digest.DigestFlow.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The prose of a Markdown text, by its headings. What nobody would quote is left out: front matter, code blocks, tables,
 * images, HTML tags and comments, link targets. It knows the common forms only, not all of CommonMark.
 */
final class Markdown {
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");
    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})\\s+(.*?)\\s*#*\\s*");
    private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(=+|-+)\\s*");
    private static final Pattern RULE = Pattern.compile("\\s*([-*_])(\\s*\\1){2,}\\s*");
    private static final Pattern ITEM = Pattern.compile("\\s*([-*+]|\\d+[.)])\\s+(.*)");
    private static final Pattern LINK_TARGET = Pattern.compile(" {0,3}\\[[^\\]]+\\]:\\s.*");

    private final List<Section> sections = new ArrayList<>();
    private @Nullable String title;
    private String heading = "";
    private Paragraphs paragraphs = new Paragraphs();
    private String fence = "";
    private boolean inItem;

    private Markdown() {}

    static Markdown of(String text) {
        Markdown markdown = new Markdown();
        COMMENT.matcher(withoutFrontMatter(text)).replaceAll("").lines().forEach(markdown::line);
        markdown.endSection();
        return markdown;
    }

    /** The first heading of the first level, else the first heading. */
    Optional<String> title() {
        return Optional.ofNullable(title);
    }

    /** Every heading that has text below it; what stands before the first has the empty title. */
    List<Section> sections() {
        return List.copyOf(sections);
    }

    private void line(String line) {
        Matcher fenced = FENCE.matcher(line);
        if (!fence.isEmpty()) {
            fence = fenced.matches() && fenced.group(1).startsWith(fence) ? "" : fence;
        } else if (fenced.matches()) {
            fence = fenced.group(1);
            paragraphs.close();
        } else if (!isCode(line) && !isTable(line) && !LINK_TARGET.matcher(line).matches()) {
            prose(line);
        }
    }

    private void prose(String line) {
        Matcher atx = HEADING.matcher(line);
        Matcher item = ITEM.matcher(line);
        if (atx.matches()) {
            heading(atx.group(1).length(), plain(atx.group(2)));
        } else if (paragraphs.isOpen() && !inItem && UNDERLINE.matcher(line).matches()) {
            heading(line.contains("=") ? 1 : 2, paragraphs.takeOpen());
        } else if (RULE.matcher(line).matches()) {
            paragraphs.close();
        } else if (item.matches()) {
            paragraphs.close();
            paragraphs.line(plain(item.group(2)));
            inItem = true;
        } else {
            inItem = inItem && (line.isBlank() || line.startsWith(" ") || paragraphs.isOpen());
            paragraphs.line(plain(line.replaceFirst("^\\s*(>\\s?)+", "")));
        }
    }

    private void heading(int level, String text) {
        endSection();
        heading = text;
        if (title == null || (level == 1 && sections.isEmpty())) {
            title = text;
        }
    }

    private void endSection() {
        List<String> text = paragraphs.end();
        if (!text.isEmpty()) {
            sections.add(new Section(heading, text));
        }
        paragraphs = new Paragraphs();
        inItem = false;
    }

    /** Indented code: after a blank line, and not the continuation of a list. */
    private boolean isCode(String line) {
        return !paragraphs.isOpen() && !inItem && (line.startsWith("    ") || line.startsWith("\t"));
    }

    private static boolean isTable(String line) {
        return line.strip().startsWith("|");
    }

    /** A line without inline markup. */
    private static String plain(String line) {
        return line.replaceAll("!\\[[^\\]]*\\](\\([^)]*\\)|\\[[^\\]]*\\])", "")
                .replaceAll("\\[([^\\]]*)\\](\\([^)]*\\)|\\[[^\\]]*\\])", "$1")
                .replaceAll("</?[a-zA-Z][^>]*>", "")
                .replaceAll("(?<![\\w*])\\*{1,3}(?=\\S)|(?<=\\S)\\*{1,3}(?!\\w)", "")
                .replaceAll("(?<!\\w)_{1,3}(?=\\w)|(?<=[\\w.,;:!?])_{1,3}(?!\\w)", "")
                .replace("`", "");
    }

    private static String withoutFrontMatter(String text) {
        return text.replaceFirst("\\A---\\R(?s:.*?)\\R(---|\\.\\.\\.)(\\R|\\z)", "");
    }
}
