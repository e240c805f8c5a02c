package dev.clew.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.clew.inspector.fixture.ShopServer;
import dev.clew.server.auth.Authenticator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page is, whatever it shows: safe, and readable by all. */
class InspectorPageTest extends BrowserTest {
    private static final String SCRIPT = "<img src=x onerror=\"window.harmed=1\"><script>window.harmed=1</script>";
    private static final Path AXE = Path.of("node_modules/axe-core/axe.min.js");

    private static final List<String> PLACES = List.of(
            "threads",
            "threads/order-1005",
            "threads/order-1004/steps?step=task%3Apay%231",
            "threads/order-1004/state",
            "threads/order-1004/compare",
            "threads/poem-rain/graph",
            "threads/printing-3",
            "threads/order-1004?view=full",
            "threads/order-1004?view=compact",
            "threads/order-1004?part=250-750",
            "threads/order-1004/log",
            "threads/order-1005/storage",
            "queues",
            "schedules");

    @Test
    void nothingIsAskedOfAnotherOriginAndNothingBreaksThePolicy() {
        Screenshots.fill(shop.uri());
        // What a new tab of the browser itself shows is not the page's.
        browser.visit("about:blank");
        assertThat(browser.asked()).isNotNull();
        for (String place : PLACES) {
            browser.visit(shop.uri() + "/clew/#/" + place);
            browser.find("main h1");
            browser.seesNot("main", "Loading …");
        }

        assertThat(browser.asked()).isNotEmpty().allMatch(url -> url.startsWith(shop.uri() + "/"));
        assertThat(browser.mistakes()).isEmpty();
        assertThat(browser.run("return document.querySelectorAll('[style*=expression], script:not([src])').length"))
                .isEqualTo(0L);
    }

    /** As another server serves it, below a path of its own. */
    @Test
    void belowAPathItAsksForNothingElse() {
        serve(ShopServer.with(builder -> builder.basePath("/tools/clew/v1")));
        ran("order-1", "order", "{\"item\":\"cup\",\"count\":1,\"gift\":false}");
        browser.visit("about:blank");
        assertThat(browser.asked()).isNotNull();
        visit("threads");
        browser.sees(".live", "live");
        browser.find("a.thread").click();
        browser.sees(".row", "pay");
        browser.press(".how", "Full");
        browser.press(".tabs", "Log");
        browser.sees(".log", "task:pay#1");

        assertThat(browser.asked()).isNotEmpty().allMatch(url -> url.startsWith(shop.uri() + "/"));
        assertThat(browser.address()).startsWith(shop.uri() + "/clew/");
        assertThat(browser.mistakes()).isEmpty();
    }

    @Test
    void everyValueIsShownAsText() {
        String quoted = "\"" + SCRIPT.replace("\"", "\\\"") + "\"";
        String unused = post("/threads", "{\"thread_id\":" + quoted + ",\"metadata\":{\"x\":" + quoted + "}}");
        browser.visit(shop.uri() + "/clew/");
        browser.sees("a.thread", SCRIPT);
        browser.sees(".tag", "<img src=x");
        browser.find("a.thread").click();
        browser.sees("h1", SCRIPT);
        browser.sees(".head", "idle");

        ran("hostile-1", "hostile", quoted);
        browser.visit(shop.uri() + "/clew/#/threads/hostile-1/steps?step=task%3Aecho%231");
        browser.sees(".question", SCRIPT);
        browser.sees(".detail", SCRIPT);
        browser.type(".question", "Your answer", SCRIPT);
        browser.press(".question", "Answer");
        browser.sees(".stopped", SCRIPT);
        browser.visit(shop.uri() + "/clew/#/threads/hostile-1/steps?step=task%3Abroken%231");
        browser.sees(".detail .failure", SCRIPT);
        for (String place : List.of("steps?view=full", "log")) {
            visit("threads/hostile-1/" + place);
            browser.sees(".main", "script");
        }
        browser.visit(shop.uri() + "/clew/#/threads/hostile-1/compare?a=" + "%3Cscript%3E" + "&b=x");
        browser.sees(".compare", "no checkpoint");

        assertThat(browser.run("return window.harmed === undefined")).isEqualTo(true);
    }

    @Test
    void isReadableByAllInBothSchemesAndOnAPhone() throws IOException {
        assumeThat(AXE).as("axe-core is installed with the page").exists();
        Screenshots.fill(shop.uri());
        browser.visit(shop.uri() + "/clew/");
        Object unused = browser.run(Files.readString(AXE));
        for (String place : PLACES) {
            visit(place);
            browser.find("main h1");
            browser.seesNot("main", "Loading …");
            for (int width : new int[] {1280, 390}) {
                browser.size(width, 844);
                assertThat((Long) browser.run(
                                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                        .as("%s at %s pixels is as wide as the screen", place, width)
                        .isLessThanOrEqualTo(0);
                isReadable(place + " at " + width + " pixels");
            }
        }
        visit("threads");
        browser.press("main", "Start a run");
        browser.choose("dialog", "Workflow", "order");
        browser.field("dialog", "item");
        isReadable("the dialog of a start");
        visit("queues");
        browser.press(".queue", "Limits");
        browser.field("dialog", "Runs at once");
        isReadable("the dialog of limits");
    }

    private void isReadable(String what) {
        for (boolean dark : new boolean[] {false, true}) {
            browser.scheme(dark);
            // A scheme changes colours and nothing else.
            assertThat(violations(dark ? "['color-contrast']" : "null"))
                    .as("%s, %s", what, dark ? "dark" : "light")
                    .isEmpty();
        }
    }

    private List<?> violations(String rules) {
        return (List<?>) browser.runAsync("""
                const done = arguments[arguments.length - 1];
                const rules = %s;
                axe.run(document, rules ? { runOnly: { type: 'rule', values: rules } } : { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })
                  .then((found) => done(found.violations.map((each) => each.id + ': ' + each.nodes.map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message || '')).join(' | '))))
                  .catch((failed) => done([String(failed)]));
                """.formatted(rules));
    }

    @Test
    void credentialsAreAskedForAndKeptInMemory() {
        serve(ShopServer.with(builder -> builder.authenticator(Authenticator.apiKey("a key of 16 or more"))));
        browser.visit(shop.uri() + "/clew/");
        browser.sees("dialog", "Who are you?");
        browser.type("dialog", "Header", "x-api-key");
        browser.type("dialog", "Value", "a key of 16 or more");
        browser.press("dialog", "Go on");
        browser.sees("main", "No thread yet.");
        browser.sees(".live", "live");
        assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);

        browser.visit(shop.uri() + "/clew/?again");
        browser.sees("dialog", "Who are you?");
    }
}
