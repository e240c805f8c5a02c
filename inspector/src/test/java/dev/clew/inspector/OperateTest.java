package dev.clew.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What is done with queues, schedules and runs that are undone, and what is looked at below steps: the log, and time. */
class OperateTest extends BrowserTest {
    @Test
    void aQueueIsPausedResumedAndLimited() {
        visit("queues");
        browser.press(".queue", "Pause");
        browser.sees(".queue", "paused");
        String unused = post(
                "/threads/held-1/runs",
                "{\"assistant_id\":\"many\",\"if_not_exists\":\"create\",\"input\":1,\"after_seconds\":0}");
        browser.sees(".queue .list", "held-1");

        browser.press(".queue", "Limits");
        browser.type("dialog", "Runs at once", "7");
        browser.type("dialog", "Runs of one key", "2");
        browser.press("dialog footer", "Set them");
        browser.sees(".queue .figures", "7 at once, 2 of each key");

        browser.press(".queue", "Resume");
        browser.seesNot(".queue", "paused");
        browser.seesNot(".queue .list", "held-1");
        assertThat(get("/clew/queues")).contains("\"global_concurrency\":7", "\"per_key_concurrency\":2");
        visit("threads/held-1");
        browser.sees(".runs", "completed");
    }

    @Test
    void aRequestInLineIsCancelled() {
        String unused = post(
                "/threads/later-1/runs",
                "{\"assistant_id\":\"many\",\"if_not_exists\":\"create\",\"input\":1,\"after_seconds\":3600}");
        visit("threads/later-1");
        browser.sees(".stopped", "delayed in default");
        browser.press(".stopped", "Cancel it");
        browser.seesNot(".stopped", "delayed in default");
    }

    @Test
    void aRunIsUndone() {
        ran("reserving-1", "reserving", "\"lamp\"");
        visit("threads/reserving-1");
        browser.press(".head", "Undo");
        browser.press("dialog footer", "Undo the run");
        browser.sees(".head", "undone");
        browser.seesNot(".question", "Keep lamp?");
        browser.seesNot(".acts", "Undo");
        assertThat(shop.shop().released()).containsExactly("lamp");
    }

    @Test
    void aScheduleIsFiredPausedAndDeleted() {
        String unused = post("/runs/crons", "{\"assistant_id\":\"many\",\"schedule\":\"0 0 1 1 *\",\"input\":1}");
        visit("schedules");
        browser.sees("table", "on");
        browser.press("table", "Fire now");
        browser.sees("table a.mono", "/");
        browser.press("table", "Pause");
        browser.sees("table", "paused");
        browser.press("table", "Resume");
        browser.seesNot("table", "paused");
        browser.press("table", "Delete");
        browser.press("dialog footer", "Delete it");
        browser.sees("main", "No schedule.");
        visit("threads");
        browser.sees(".pages", "1 thread");
    }

    @Test
    void theLogIsPagedAndLeadsToItsSteps() {
        ran("many-9", "many", "250");
        visit("threads/many-9/log");
        browser.sees(".log .list", "task:step#1");
        browser.press(".log", "Next page");
        browser.sees(".log .pages", "records 100 to 199");
        browser.press(".log", "Next page");
        browser.press(".log", "Before");
        browser.sees(".log .pages", "records 100 to 199");
        browser.press(".log", "task:step#150");
        browser.sees(".detail", "149");
    }

    @Test
    void stepsAreShownInThreeWaysAndTimeIsZoomed() {
        ran("order-9", "order", "{\"item\":\"bowl\",\"count\":1,\"gift\":true}");
        visit("threads/order-9");
        browser.sees(".row", "pay");
        browser.sees(".axis", "0");
        assertThat(browser.all(".row[data-path='task:pay#1'] .bar")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(browser.all(".row[data-path='task:pay#1'] .bar.bad")).hasSize(1);
        assertThat(browser.all(".row[data-path='ask:approval#1'] .bar.open")).hasSize(1);

        browser.press(".how", "Full");
        browser.sees(".told", "attempt 1 failed");
        browser.sees(".told", "the bank did not answer");
        browser.sees(".told", "open since");
        browser.press(".how", "Compact");
        browser.seesNot(".row .told", "attempt");
        assertThat(browser.all(".row .bar")).isEmpty();

        browser.press(".how", "Timeline");
        browser.press(".how", "+");
        assertThat(browser.address()).contains("part=250-750");
        browser.run("document.querySelector('.overview').focus()");
        browser.keys("+");
        assertThat(browser.address()).contains("part=375-625");
        browser.keys(Keys.ARROW_RIGHT);
        assertThat(browser.address()).contains("part=438-688");
        browser.drag(".overview", 0.1, 0.5);
        assertThat(browser.address()).containsPattern("part=(99|100|101)-(499|500|501)");
        browser.press(".how", "Whole run");
        assertThat(browser.address()).doesNotContain("part=");
    }

    @Test
    void whatIsOpenGrowsWhileItIsLookedAt() {
        ran("sure-1", "sure", "\"Sure?\"");
        visit("threads/sure-1");
        browser.sees(".row .took", "asks");
        String before = browser.find(".scale .to").getText();
        browser.seesNot(".scale .to", before);
        assertThat(browser.all(".row .bar.open")).hasSize(1);
    }

    /** A server that is newer than its page may have states that the page does not know. */
    @Test
    void statesThatThePageDoesNotKnowAreShownByName() {
        ran("many-8", "many", "2");
        visit("queues");
        browser.run("""
                const real = window.fetch;
                window.fetch = async (address, how) => {
                  const answer = await real(address, how);
                  if (String(address).includes('/clew/threads') && !String(address).includes('stream')) {
                    const text = (await answer.text()).replaceAll('"succeeded"', '"renewed"').replaceAll('"idle"', '"renewing"').replaceAll('"task"', '"renewal"');
                    return new Response(text, { status: answer.status });
                  }
                  return answer;
                };
                """);
        browser.run("location.hash = '#/threads'");
        browser.sees(".badge", "renewing");
        browser.run("location.hash = '#/threads/many-8/steps?step=task%3Astep%231'");
        browser.sees(".runs .badge", "renewing");
        browser.sees(".detail .badge", "renewed");
        browser.sees(".row", "renewal");
        assertThat(browser.mistakes()).isEmpty();
    }

    @Test
    void threadsAreFilteredAndOrdered() {
        ran("many-1", "many", "1");
        ran("sure-1", "sure", "\"Sure?\"");
        String unused = post("/threads", "{\"thread_id\":\"red-1\",\"metadata\":{\"team\":\"red\"}}");
        visit("threads");
        browser.sees(".pages", "3 threads");
        browser.press(".filters", "Ask");
        browser.sees(".pages", "1 thread");
        browser.sees("a.thread", "sure-1");
        browser.press(".filters", "All");
        browser.choose(".filters", "Workflow", "many");
        browser.seesNot("a.thread", "sure-1");
        browser.choose(".filters", "Workflow", "all");
        browser.find(".metadata input").sendKeys("team=red", Keys.ENTER);
        browser.sees(".metadata", "team=red");
        browser.sees(".pages", "1 thread");
        browser.press(".metadata", "team=red");
        browser.choose(".filters", "Order", "by id");
        browser.sees("tbody tr:first-child", "many-1");
    }
}
