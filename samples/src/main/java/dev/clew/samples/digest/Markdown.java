package dev.clew.samples.digest;

import dev.clew.samples.digest.DigestFlow.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The prose of a Markdown text, by its headings. What nobody would quote is left out: front matter, code blocks, tables,
 * images, HTML tags and comments, link targets.
 */
final class Markdown extends AbstractVisitor {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final Pattern FRONT_MATTER = Pattern.compile("\\A---\\R(?s:.*?)\\R(---|\\.\\.\\.)(\\R|\\z)");
    private static final Pattern TAG = Pattern.compile("(?s)<!--.*?-->|</?[a-zA-Z][^>]*>");

    private final List<Section> sections = new ArrayList<>();
    private final List<String> paragraphs = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String title;
    private String heading = "";

    private Markdown() {}

    static Markdown of(String text) {
        Markdown markdown = new Markdown();
        PARSER.parse(FRONT_MATTER.matcher(text).replaceFirst("")).accept(markdown);
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

    /** A heading inside of a quotation or a list begins no section. */
    @Override
    public void visit(Heading node) {
        if (!(node.getParent() instanceof Document)) {
            paragraph(textIn(node));
            return;
        }
        endSection();
        heading = textIn(node);
        if (title == null || (node.getLevel() == 1 && sections.isEmpty())) {
            title = heading;
        }
    }

    @Override
    public void visit(Paragraph node) {
        paragraph(textIn(node));
    }

    @Override
    public void visit(HtmlBlock node) {
        paragraph(TAG.matcher(node.getLiteral()).replaceAll(""));
    }

    @Override
    public void visit(Text node) {
        text.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
        text.append(node.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak node) {
        text.append(' ');
    }

    @Override
    public void visit(HardLineBreak node) {
        text.append(' ');
    }

    @Override
    public void visit(CustomBlock table) {}

    @Override
    public void visit(Image image) {}

    @Override
    public void visit(FencedCodeBlock code) {}

    @Override
    public void visit(IndentedCodeBlock code) {}

    private String textIn(Node node) {
        text.setLength(0);
        visitChildren(node);
        return text.toString().strip();
    }

    private void paragraph(String text) {
        if (!text.isBlank()) {
            paragraphs.add(text.strip().replaceAll("\\s+", " "));
        }
    }

    private void endSection() {
        if (!paragraphs.isEmpty()) {
            sections.add(new Section(heading, List.copyOf(paragraphs)));
            paragraphs.clear();
        }
    }
}
