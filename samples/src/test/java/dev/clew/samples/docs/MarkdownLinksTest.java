package dev.clew.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links between the documents lead somewhere: to a file of the repository, and to a heading in it. */
class MarkdownLinksTest {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern INLINE = Pattern.compile("`[^`\\n]+`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern OUTSIDE = Pattern.compile("^[a-z]+:.*");

    @TempDir
    private Path dir;

    @Test
    void everyRelativeLinkLeadsSomewhere() throws Exception {
        List<Path> documents = Documents.below("", ".md");

        assertThat(documents).hasSizeGreaterThan(20);
        assertThat(documents.stream()
                        .flatMap(document -> broken(document).stream())
                        .toList())
                .isEmpty();
    }

    @Test
    void findsLinksThatLeadNowhere() throws Exception {
        Files.writeString(dir.resolve("b.md"), "# One `more` time\n\n# Again\n\n# Again\n");
        Path document = Files.writeString(dir.resolve("a.md"), """
                # Here
                [good](b.md) [good](b.md#one-more-time) [good](b.md#again-1) [good](#here) [good](https://example.org)
                `[code](x.md)`
                ```
                [code](y.md)
                ```
                [bad](c.md) [bad](b.md#one) [bad](#there)
                """);

        assertThat(broken(document)).hasSize(3).allMatch(link -> link.startsWith("a.md -> "));
    }

    private static List<String> broken(Path document) {
        List<String> broken = new ArrayList<>();
        String text = INLINE.matcher(withoutCode(document)).replaceAll("code");
        LINK.matcher(text).results().map(link -> link.group(1)).forEach(link -> {
            if (!OUTSIDE.matcher(link).matches() && !leadsSomewhere(document, link)) {
                broken.add(document.getFileName() + " -> " + link);
            }
        });
        return broken;
    }

    private static boolean leadsSomewhere(Path document, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    /** The names that headings get where Markdown is shown: a second heading of one name is numbered. */
    private static Set<String> anchors(Path document) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        HEADING.matcher(withoutCode(document)).results().forEach(heading -> {
            String name = heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = seen.merge(name, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? name : name + "-" + before);
        });
        return anchors;
    }

    private static String withoutCode(Path document) {
        return FENCED.matcher(Snippet.read(document)).replaceAll("");
    }
}
