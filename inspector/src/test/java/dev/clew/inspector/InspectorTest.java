package dev.clew.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Each thing that a person does in the inspector does what it says. */
class InspectorTest extends BrowserTest {
    @Test
    void aQuestionIsAnsweredByAFormOfItsAnswersSchema() {
        ran("order-1", "order", "{\"item\":\"teapot\",\"count\":3,\"gift\":true}");
        visit("threads/order-1");
        browser.sees(".question", "Ship 3 × teapot?");

        browser.choose(".question", "verdict", "APPROVE");
        browser.type(".question", "note", "with care");
        browser.choose(".question", "kind", "Courier");
        browser.type(".question", "street", "Main Street");
        browser.type(".question", "floor", "4");
        browser.press(".question", "+ Add to labels");
        browser.type(".question", "labels 1", "fragile");
        browser.type(".question", "discount", "2.5");
        browser.press(".question", "Answer");

        browser.sees(".runs", "completed");
        assertThat(state("order-1"))
                .contains("\"verdict\":\"APPROVE\"", "\"note\":\"with care\"", "\"@type\":\"Courier\"")
                .contains("\"street\":\"Main Street\"", "\"floor\":4", "\"labels\":[\"fragile\"]", "\"discount\":2.5");
        assertThat(browser.mistakes()).isEmpty();
    }

    @Test
    void aWrongAnswerIsRefusedInTheServersWordsAndNothingIsStored() {
        ran("order-2", "order", "{\"item\":\"cup\",\"count\":1,\"gift\":false}");
        visit("threads/order-2");
        browser.sees(".question", "Ship 1 × cup?");

        browser.press(".question", "Write JSON");
        browser.type(".question", "Your answer, as JSON", "{\"verdict\":\"PERHAPS\"}");
        browser.press(".question", "Answer");

        browser.sees(".question .problem", "is refused");
        assertThat(browser.find(".question textarea").getDomProperty("value")).contains("PERHAPS");
        browser.type(".question", "Your answer, as JSON", "{\"verdict\":");
        browser.press(".question", "Answer");
        browser.sees(".question .problem", "not well-formed JSON");
    }

    @Test
    void aYesOrNoIsATickAndWhatHasNoFormIsJson() {
        ran("sure-1", "sure", "\"Publish?\"");
        visit("threads/sure-1");
        browser.sees(".question", "Publish?");
        browser.field(".question", "Your answer").click();
        browser.press(".question", "Answer");
        browser.sees(".runs", "completed");
        assertThat(state("sure-1")).contains("\"output\":\"yes\"");

        ran("any-1", "anything", "\"What?\"");
        visit("threads/any-1");
        browser.type(".question", "Your answer", "{\"a\":[1,2]}");
        browser.press(".question", "Answer");
        browser.sees(".runs", "completed");
        assertThat(state("any-1")).contains("{\"a\":[1,2]}");
    }

    @Test
    void aRunIsStartedByAFormAndItsQuestionComesLive() {
        visit("threads");
        browser.press("main", "Start a run");
        browser.choose("dialog", "Workflow", "order");
        browser.type("dialog", "Thread", "order-3");
        browser.type("dialog", "item", "spoon");
        browser.type("dialog", "count", "2");
        browser.field("dialog", "gift").click();
        browser.press("dialog footer", "Start");

        browser.sees("h1", "order-3");
        browser.sees(".question", "Ship 2 × spoon?");
        browser.sees(".row", "pack");
    }

    @Test
    void whyAStepRanAgainIsSaid() {
        ran("order-4", "order", "{\"item\":\"bowl\",\"count\":1,\"gift\":true}");
        visit("threads/order-4");
        browser.press(".summary", "Ran again");
        browser.sees(".row", "pay");
        browser.seesNot(".row", "price");
        browser.find(".row").click();

        browser.sees(".why", "Attempt 1 failed, and its retry policy allows another one.");
        browser.sees(".why", "the bank did not answer");
        browser.sees(".attempts", "IOException");
        browser.sees(".detail", "paid 40");
    }

    @Test
    void aRunIsForkedBeforeAStepAndTheRunsAreCompared() {
        ran("order-5", "order", "{\"item\":\"fork\",\"count\":1,\"gift\":false}");
        visit("threads/order-5/steps?step=task%3Apay%231");
        browser.press(".detail", "Fork before this step");
        browser.press("dialog", "Fork and run");

        browser.sees(".runs", "fork of run 1");
        browser.sees(".row", "kept");
        browser.sees(".question", "Ship 1 × fork?");
        browser.press(".tabs", "Compare");
        browser.sees(".compare", "Steps of run 1 and run 2");
        browser.sees(".diff.steps", "task:pay#1");
        browser.press(".diff.steps", "Compare");
        browser.sees(".diff.steps", "They are equal.");
    }

    @Test
    void theResultsOfTwoForksAreCompared() {
        String answer = "{\"assistant_id\":\"sure\",\"command\":{\"resume\":%s}}";
        ran("sure-9", "sure", "\"Sure?\"");
        String unused = post("/threads/sure-9/runs/wait", answer.formatted(true));
        visit("threads/sure-9/steps?step=ask%3Asure%231");
        browser.press(".detail", "Fork before this step");
        browser.press("dialog", "Fork and run");
        browser.sees(".question", "Sure?");
        browser.press(".question", "Answer");
        browser.sees(".runs li li", "completed");

        browser.press(".tabs", "Compare");
        browser.sees(".diff .changed", "yes");
        browser.sees(".diff .changed", "no");
        browser.press(".diff.steps", "Compare");
        browser.sees(".diff.steps .diff", "true");
    }

    @Test
    void aStepThatWasCachedSaysSo() {
        ran("cached-1", "cached", "\"x\"");
        ran("cached-2", "cached", "\"x\"");
        visit("threads/cached-2");
        browser.sees(".row .tag", "cached");
        assertThat(browser.all(".row .bar.cached")).hasSize(1);
    }

    @Test
    void aRunIsForkedAfterAStep() {
        ran("order-6", "order", "{\"item\":\"pan\",\"count\":1,\"gift\":false}");
        visit("threads/order-6/steps?step=task%3Apay%231");
        browser.press(".detail", "Fork after it");
        browser.press("dialog", "Fork and run");

        browser.sees(".runs", "fork of run 1");
        browser.sees(".question", "Ship 1 × pan?");
        assertThat(get("/clew/threads/order-6")).contains("\"number\":2");
    }

    @Test
    void aFailedRunProceedsOnceItsCauseIsGone() {
        ran("print-1", "printing", "\"report\"");
        visit("threads/print-1");
        browser.sees(".stopped", "the printer is out of paper");
        shop.shop().repair();

        browser.press(".head", "Proceed");
        browser.press("dialog footer", "Proceed");

        browser.sees(".runs", "completed");
        visit("threads/print-1/steps?step=task%3Afragile%231");
        browser.sees(".why", "a person let it proceed");
    }

    @Test
    void aRunIsCancelledAndAThreadDeleted() {
        ran("sure-2", "sure", "\"Really?\"");
        visit("threads/sure-2");
        browser.press(".head", "Cancel");
        browser.press("dialog footer", "Cancel the run");
        browser.sees(".head", "cancelled");
        browser.seesNot(".question", "Really?");

        browser.press(".head", "Delete");
        browser.press("dialog footer", "Delete it");
        browser.sees("h1", "Threads");
        browser.seesNot("a.thread", "sure-2");
    }

    @Test
    void aStateIsEditedAndTheDifferenceShown() {
        ran("many-1", "many", "2");
        visit("threads/many-1/state");
        browser.press(".state", "Edit");
        browser.type("dialog", "State", "7");
        browser.press("dialog footer", "Set it");

        browser.sees(".states nav", "set by hand");
        browser.press(".states nav", "set by hand");
        browser.sees(".state .json", "7");
        browser.press(".state", "Compare with the one before");
        browser.sees(".diff", "output");
        browser.sees(".diff .changed", "7");
    }

    @Test
    void aGraphPausesAtANodeAndProceeds() {
        visit("threads");
        browser.press("main", "Start a run");
        browser.choose("dialog", "Workflow", "poem");
        browser.type("dialog", "Thread", "poem-1");
        browser.type("dialog", "Input", "rain");
        browser.press("dialog", "Pause at nodes");
        browser.find("dialog input[aria-label='before improve']").click();
        browser.press("dialog footer", "Start");
        browser.sees("h1", "poem-1");
        browser.press(".tabs", "Graph");
        browser.sees(".graphview", "Next: improve");
        browser.sees(".stopped", "paused at a node");
        browser.sees(".graph", "next");

        browser.press(".head", "Proceed");
        browser.press("dialog", "Pause at nodes");
        browser.find("dialog input[aria-label='after improve']").click();
        browser.press("dialog footer", "Proceed");
        browser.sees(".taken", "improve");
        browser.sees(".graphview", "Next: judge");
        browser.press(".head", "Proceed");
        browser.press("dialog footer", "Proceed");
        // The pause before it was asked for at the start, and holds for the run.
        browser.sees(".graphview", "Next: improve");
        browser.press(".head", "Proceed");
        browser.press("dialog footer", "Proceed");

        browser.sees(".question", "O rain!!");
        browser.sees(".taken", "improve");
    }

    @Test
    void aThreadIsWatchedWhileOthersActOnIt() {
        ran("sure-3", "sure", "\"Still?\"");
        visit("threads/sure-3");
        browser.sees(".question", "Still?");
        browser.sees(".live", "live");
        String unused = post("/threads/sure-3/runs", "{\"assistant_id\":\"sure\",\"command\":{\"resume\":true}}");

        browser.seesNot(".question", "Still?");
        browser.sees(".runs", "completed");
        visit("threads");
        browser.sees("a.thread", "sure-3");
        ran("sure-4", "sure", "\"New?\"");
        browser.sees("a.thread", "sure-4");
    }

    @Test
    void tokensShowWhileTheyCome() {
        ran("talk-1", "talk", "\"once upon a time\"");
        visit("threads/talk-1");
        browser.sees(".live", "live");
        browser.field(".question", "Your answer").click();
        browser.press(".question", "Answer");

        browser.sees(".output .tokens", "once upon a time");
        browser.sees(".output", "said");
        browser.sees(".runs", "completed");
    }

    @Test
    void aCheckpointIsForkedAndRunWithAnotherInput() {
        ran("many-3", "many", "2");
        visit("threads/many-3/state");
        browser.press(".states nav", "input");
        browser.press(".state", "Run from here with another input");
        browser.type("dialog", "Input", "5");
        browser.press("dialog footer", "Start");
        browser.sees(".runs", "Run 2");
        browser.sees(".row", "#5");
        assertThat(state("many-3")).contains("{\"output\":5}");

        visit("threads/many-3/state");
        browser.press(".states nav", "input");
        browser.press(".state", "Fork here");
        browser.press("dialog footer", "Fork and run");
        browser.sees(".runs", "Run 3");
    }

    @Test
    void aScheduleIsShownWithItsNextTick() {
        String unused = post("/runs/crons", "{\"assistant_id\":\"many\",\"schedule\":\"0 0 1 1 *\",\"input\":1}");
        visit("schedules");
        browser.sees("table", "many");
        browser.sees("table", "on");
    }

    @Test
    void allOfItIsDoneByKeyboard() {
        ran("order-7", "order", "{\"item\":\"lid\",\"count\":1,\"gift\":true}");
        visit("threads");
        browser.sees("a.thread", "order-7");
        browser.keys("/");
        browser.keys("order-7");
        browser.sees(".pages", "1 thread");
        browser.run("document.querySelector('a.thread').focus()");
        browser.keys(Keys.ENTER);
        browser.sees("h1", "order-7");
        browser.sees(".row", "price");
        browser.run("document.querySelector('.row[tabindex=\"0\"]').focus()");
        browser.keys(Keys.ARROW_DOWN);
        browser.sees(".row:focus", "pack");
        browser.keys(Keys.ARROW_RIGHT);
        browser.sees(".row[aria-level=\"2\"]", "wrap");
        browser.keys(Keys.ARROW_DOWN);
        browser.sees(".row:focus", "wrap");
        browser.keys(Keys.ENTER);
        browser.sees(".detail h2:focus", "wrap");
        browser.sees(".detail", "wrapped lid");
        assertThat(browser.address()).contains("step=task%3Apack%231%2Ftask%3Awrap%231");
        browser.run("document.querySelector('.question select').focus()");
        browser.keys("A");
        browser.run("document.querySelector('.question button[type=submit]').focus()");
        browser.keys(Keys.ENTER);
        browser.sees(".runs", "completed");
    }

    @Test
    void aStepWithALinkIsShownWhereverItIs() {
        ran("many-2", "many", "1500");
        visit("threads/many-2/steps?step=task%3Astep%231234");
        browser.sees(".row.selected", "#1234");
        browser.sees(".detail", "1233");
    }

    @Test
    void queuesWorkersAndSchedulesAreShown() {
        visit("queues");
        browser.sees(".queue", "default");
        browser.sees("table", "order");
        visit("schedules");
        browser.sees("main", "No schedule.");
        visit("nowhere");
        browser.sees("main", "There is nothing at this address.");
        visit("threads/none");
        browser.sees("main", "There is no such thread.");
    }
}
