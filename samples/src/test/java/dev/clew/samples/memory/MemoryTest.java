package dev.clew.samples.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    @TempDir
    private Path dir;

    @Test
    void chatbotRemembersEachThreadByItself() throws Exception {
        assertThat(Play.in(dir).run(Chatbot::main))
                .startsWith(
                        "ann: Hi! My name is Ann.",
                        "bot: Nice to meet you!",
                        "ann: What is my name?",
                        "bot: Your name is Ann.",
                        "bob: What is my name?",
                        "bot: You have not told me.");
    }

    @Test
    void chatbotRemembersWhatWasSaidAtTheTerminal() throws Exception {
        Play play = Play.in(dir);
        play.run(Chatbot::main, "My name is Ann, as I said.", "");

        assertThat(play.run(Chatbot::main, "And what is my name now?"))
                .endsWith("> ")
                .contains("bot: Your name is Ann.");
    }

    @Test
    void whatAUserSaidIsFoundInHerOtherThreadsAndInNobodyElses() throws Exception {
        assertThat(Play.in(dir).run(LongTermMemory::main))
                .containsExactly(
                        "ann, monday: By the way, I am allergic to nuts.",
                        "  I will remember that.",
                        "ann, tuesday: I ride a red bicycle.",
                        "  I will remember that.",
                        "ann, friday: Does nut cake suit me, allergic as I am?",
                        "  No: you are allergic to nuts.",
                        "bob, friday-too: Does nut cake suit me, allergic as I am?",
                        "  I cannot know what you are allergic to.");
    }
}
