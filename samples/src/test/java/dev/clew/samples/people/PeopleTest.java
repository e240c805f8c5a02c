package dev.clew.samples.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {
    @TempDir
    private Path dir;

    @Test
    void approvalIsParkedUntilSomebodySaysYes() throws Exception {
        Play play = Play.in(dir);

        List<String> parked = play.run(ApproveAction::main);
        List<String> ended = play.run(ApproveAction::main, "yes");

        assertThat(parked)
                .startsWith("reserved 500 euros", "Send 500 euros to Ariadne? yes or no")
                .last()
                .asString()
                .startsWith("parked: ");
        assertThat(ended).endsWith("sent 500 euros to Ariadne").doesNotContain("reserved 500 euros");
    }

    @Test
    void whatIsNotApprovedIsReleased() throws Exception {
        assertThat(Play.in(dir).run(ApproveAction::main, "no"))
                .endsWith("rejected, and the reservation is released")
                .noneMatch(line -> line.startsWith("sent"));
    }

    @Test
    void aFinishedPaymentIsNotMadeAgain() throws Exception {
        Play play = Play.in(dir);
        play.run(ApproveAction::main, "yes");

        assertThat(play.run(ApproveAction::main, "no")).containsExactly("sent 500 euros to Ariadne");
    }

    @Test
    void whatIsNeitherYesNorNoPaysNothing() throws Exception {
        assertThat(Play.in(dir).run(ApproveAction::main, "yellow submarine", "", "yesterday", "no"))
                .contains("'yellow submarine' is no answer to that", "'yesterday' is no answer to that")
                .endsWith("rejected, and the reservation is released")
                .noneMatch(line -> line.startsWith("sent"));
    }

    @Test
    void aReviewThatSaysNeitherRunNorRefuseIsAskedForAgain() throws Exception {
        assertThat(Play.in(dir).run(ReviewToolCalls::main, "okey", "ok", "ok", "refuse too dear"))
                .contains("'okey' is no answer to that", "refused: too dear");
    }

    @Test
    void toolCallsRunAsTheReviewSays() throws Exception {
        List<String> printed =
                Play.in(dir).run(ReviewToolCalls::main, "ok", "change {\"what\": \"suite\"}", "refuse too dear");

        assertThat(printed)
                .contains("book {\"what\": \"train to Crete\"}", "book {\"what\": \"rowing boat\"}")
                .contains("booked: {\"what\": \"suite\"}", "refused: too dear");
        assertThat(printed).filteredOn("(booking)"::equals).hasSize(2);
    }

    @Test
    void noToolRunsBeforeTheReviewIsComplete() throws Exception {
        assertThat(Play.in(dir).run(ReviewToolCalls::main, "ok"))
                .doesNotContain("(booking)")
                .last()
                .asString()
                .startsWith("parked: ");
    }

    @Test
    void inputIsAskedForUntilItIsValid() throws Exception {
        assertThat(Play.in(dir).run(ValidateInput::main, "Ann", "old", "200", "33"))
                .containsSubsequence(
                        "Welcome aboard! What is your name?",
                        "How old are you, Ann?",
                        "'old' is no age. A number from 0 to 130, please?",
                        "'200' is no age. A number from 0 to 130, please?",
                        "registered: Ann, 33 years");
    }

    @Test
    void theEditedTextIsSent() throws Exception {
        assertThat(Play.in(dir).run(EditDraft::main, "Do come."))
                .startsWith("Come and get lost with us on Friday!")
                .endsWith("sent: Do come.");
    }

    @Test
    void anEmptyLineSendsTheDraftAsItIs() throws Exception {
        assertThat(Play.in(dir).run(EditDraft::main, "")).endsWith("sent: Come and get lost with us on Friday!");
    }
}
