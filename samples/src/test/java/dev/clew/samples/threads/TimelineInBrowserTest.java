package dev.clew.samples.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.samples.people.ReviewToolCalls;
import dev.clew.samples.shared.Play;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeline as a browser lays it out. */
class TimelineInBrowserTest {
    /** Measures the page and writes what it finds into it. The page itself has no script. */
    private static final String RULER = """
            <script>
            const all = (what) => [...document.querySelectorAll(what)];
            const box = (element) => element.getBoundingClientRect();
            const outside = all('.track i').filter((bar) =>
                box(bar).left < box(bar.parentNode).left - 6 || box(bar).right > box(bar.parentNode).right + 6);
            const drawn = all('.open').filter((bar) => box(bar).width > 2 && box(bar).height > 4);
            document.body.dataset.report = ['rows', all('details').filter((row) => box(row).height > 20).length,
                'outside', outside.length, 'open', drawn.length, 'pending', all('.note.pending').length,
                'wide', document.documentElement.scrollWidth > innerWidth,
                'loaded', performance.getEntriesByType('resource').length,
                'font', getComputedStyle(document.querySelector('h1')).fontWeight].join(' ');
            </script>
            """;

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(ints = {1200, 500})
    void fitsItsWindowAndDrawsEveryStep(int width) throws Exception {
        Optional<Browser> browser = Browser.find();
        assumeTrue(browser.isPresent(), "the timeline was not looked at: none of " + Browser.NAMES + " is on the PATH");
        Play play = Play.in(dir);
        play.run(ReviewToolCalls::main);
        Path page = dir.resolve("timeline.html");
        play.run(
                List.of("--db", play.database().toString(), "html", "review-tool-calls", page.toString()),
                ThreadsCommand::run);
        Files.writeString(page, Files.readString(page).replace("</body>", RULER + "</body>"));

        String dom = browser.get().dom(page, width, dir.resolve("profile"));

        Matcher report = Pattern.compile("data-report=\"([^\"]*)\"").matcher(dom);
        assertThat(report.find()).as(dom).isTrue();
        assertThat(report.group(1)).isEqualTo("rows 7 outside 0 open 6 pending 3 wide false loaded 0 font 650");
    }
}
