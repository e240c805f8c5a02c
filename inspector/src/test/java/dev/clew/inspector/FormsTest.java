package dev.clew.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a form sends is what it shows, once. */
class FormsTest extends BrowserTest {
    /** Loses the first answer to a POST whose address ends with the argument; the page reads by POST, too. */
    private static final String LOSES_THE_FIRST_ANSWER = """
            const real = window.fetch;
            const [path] = arguments;
            let isLost = false;
            window.fetch = async (address, how) => {
              const answer = await real(address, how);
              if (!isLost && how.method === 'POST' && address.endsWith(path)) {
                isLost = true;
                throw new TypeError('lost');
              }
              return answer;
            };
            """;

    @Test
    void whatIsRemovedFromAListIsNotSent() {
        ran("figures-1", "figures", "\"Which?\"");
        visit("threads/figures-1");
        for (int i = 1; i <= 3; i++) {
            browser.press(".question", "+ Add to numbers");
            browser.type(".question", "numbers " + i, String.valueOf(i));
        }
        browser.type(".question", "more", "{}");

        browser.press(".question .item", "Remove");
        browser.seesNot(".question .item", "numbers 3");

        assertThat(browser.field(".question", "numbers 1").getDomProperty("value"))
                .isEqualTo("2");
        browser.press(".question", "Answer");
        browser.sees(".runs", "completed");
        assertThat(state("figures-1")).contains("\"numbers\":[2,3]");
    }

    @Test
    void malformedJsonWithinAFormIsNotSent() {
        ran("figures-2", "figures", "\"Which?\"");
        visit("threads/figures-2");
        browser.type(".question", "more", "{\"a\":1}");
        browser.type(".question", "more", "{\"a\":");

        browser.press(".question", "Answer");

        browser.sees(".question", "not yet well-formed JSON");
        assertThat(browser.all(".question textarea:invalid")).hasSize(1);
        browser.press(".question", "Write JSON");
        browser.sees(".question", "not yet well-formed JSON");
        assertThat(state("figures-2")).contains("Which?");
        browser.type(".question", "more", "{\"a\":2}");
        browser.press(".question", "Answer");
        browser.sees(".runs", "completed");
        assertThat(state("figures-2")).contains("{\"a\":2}");
    }

    @Test
    void ofAGraphsStateOnlyWhatIsChangedIsSet() {
        ran("poem-1", "poem", "\"rain\"");
        assertThat(state("poem-1")).contains("\"revisions\":2");
        visit("threads/poem-1");
        browser.press(".head", "Edit state");
        browser.press("dialog footer", "Set it");
        browser.sees("dialog .problem", "Nothing is changed");

        browser.type("dialog", "draft", "O snow!!");
        browser.press("dialog footer", "Set it");

        browser.seesNot("dialog", "Edit the state");
        assertThat(state("poem-1")).contains("\"draft\":\"O snow!!\"", "\"revisions\":2");
    }

    @Test
    void aNumberThatAPageCannotKeepIsNotSent() {
        ran("number-1", "number", "9007199254740993");
        assertThat(state("number-1")).contains("9007199254740993");
        visit("threads/number-1");
        browser.press(".head", "Edit state");
        browser.field("dialog", "State");
        browser.press("dialog footer", "Set it");
        assertThat(browser.all("dialog input:invalid")).hasSize(1);

        browser.press("dialog", "Write JSON");
        browser.press("dialog footer", "Set it");
        browser.sees("dialog .problem", "9007199254740991");

        assertThat(post("/threads/number-1/history", "{}"))
                .contains("9007199254740993")
                .doesNotContain("9007199254740992");
    }

    @Test
    void aStartWhoseAnswerIsLostIsOneRunHoweverOftenItIsPressed() {
        visit("threads");
        browser.press("main", "Start a run");
        browser.choose("dialog", "Workflow", "number");
        browser.type("dialog", "Input", "5");
        browser.run(LOSES_THE_FIRST_ANSWER, "/runs");
        browser.press("dialog footer", "Start");
        browser.sees("dialog .problem", "cannot be reached");
        browser.press("dialog footer", "Start");

        browser.sees(".runs", "completed");
        visit("threads");
        browser.sees(".pages", "1 thread");
        assertThat(post("/threads/search", "{}").split("\"thread_id\"")).hasSize(2);
    }

    @Test
    void aForkAndAnEditWhoseAnswersAreLostAreOneHoweverOftenTheyArePressed() {
        ran("order-1", "order", "{\"item\":\"cup\",\"count\":1,\"gift\":false}");
        visit("threads/order-1/steps?step=task%3Apay%231");
        browser.press(".detail", "Fork before this step");
        browser.run(LOSES_THE_FIRST_ANSWER, "/fork");
        browser.press("dialog footer", "Fork and run");
        browser.sees("dialog .problem", "cannot be reached");
        browser.press("dialog footer", "Fork and run");
        browser.sees(".question", "Ship 1 × cup?");
        assertThat(get("/clew/threads/order-1")).contains("\"number\":2").doesNotContain("\"number\":3");

        ran("many-1", "many", "2");
        visit("threads/many-1/state");
        browser.press(".state", "Edit");
        browser.type("dialog", "State", "7");
        browser.run(LOSES_THE_FIRST_ANSWER, "/state");
        browser.press("dialog footer", "Set it");
        browser.sees("dialog .problem", "cannot be reached");
        browser.press("dialog footer", "Set it");
        browser.sees(".states nav", "set by hand");
        assertThat(post("/threads/many-1/history", "{}").split("\"update\"")).hasSize(2);
    }

    @Test
    void anAnswerThatComesLateLeadsNobodyBack() {
        ran("order-1", "order", "{\"item\":\"cup\",\"count\":1,\"gift\":false}");
        ran("many-1", "many", "2");
        visit("threads/order-1/steps?step=task%3Apay%231");
        browser.press(".detail", "Fork before this step");
        browser.run("""
                const real = window.fetch;
                window.fetch = async (address, how) => {
                  const answer = await real(address, how);
                  if (how.method === 'POST' && address.endsWith('/order-1/runs')) {
                    await new Promise((comes) => (window.comes = comes));
                    // The page has dealt with the answer when this has run.
                    setTimeout(() => (document.title = 'came'), 0);
                  }
                  return answer;
                };
                """);
        browser.press("dialog footer", "Fork and run");
        browser.sees(".question", "Ship 1 × cup?");
        visit("threads/many-1/state");
        browser.sees(".state", "Fork here");

        browser.run("window.comes()");
        browser.until("document.title === 'came'");
        assertThat(browser.address()).endsWith("/threads/many-1/state");
    }

    @Test
    void anAnswerThatIsLostIsOneRequestHoweverOftenItIsPressed() {
        ran("sure-1", "sure", "\"Publish?\"");
        visit("threads/sure-1");
        browser.field(".question", "Your answer").click();
        browser.run(LOSES_THE_FIRST_ANSWER.replace("const answer = await real(address, how);", """
                if (!isLost && how.method === 'POST' && address.endsWith(path)) {
                  window.sent = how.headers['Idempotency-Key'];
                  isLost = true;
                  throw new TypeError('lost');
                }
                window.again = how.method === 'POST' && address.endsWith(path) ? how.headers['Idempotency-Key'] : window.again;
                const answer = await real(address, how);
                """), "/runs");
        browser.press(".question", "Answer");
        browser.sees(".question .problem", "cannot be reached");
        browser.press(".question", "Answer");

        browser.sees(".runs", "completed");
        assertThat(browser.run("return window.sent")).isNotNull().isEqualTo(browser.run("return window.again"));
        assertThat(get("/threads/sure-1/runs").split("\"run_id\"")).hasSize(3);
    }
}
