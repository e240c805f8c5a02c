package dev.clew.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.engine.log.ArgumentFormat.Kept;
import dev.clew.engine.log.LogEntry.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept of arguments is never longer than its limit, and always begins as they do. */
class ArgumentFormatTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void keepsNoMoreThanItsLimitWhateverTheCall() {
        Random random = new Random(14);
        for (int round = 0; round < 2_000; round++) {
            List<String> names = new ArrayList<>();
            List<byte[]> clear = new ArrayList<>();
            for (int i = random.nextInt(round % 10 == 0 ? 255 : 6); i >= 0; i--) {
                names.add("ü".repeat(random.nextInt(round % 7 == 0 ? 400 : 20)));
                clear.add(utf8("é😀x".repeat(random.nextInt(round % 3 == 0 ? 3_000 : 50))));
            }

            byte[] written = ArgumentFormat.write(ArgumentFormat.cut(names, clear));
            List<Kept> read = ArgumentFormat.read(written, "here");

            assertThat(written.length).isLessThanOrEqualTo(ArgumentFormat.LONGEST);
            assertThat(read).hasSameSizeAs(clear);
            for (int i = 0; i < read.size(); i++) {
                assertThat(read.get(i).whole()).isEqualTo(clear.get(i).length);
                String kept = new String(read.get(i).bytes(), StandardCharsets.UTF_8);
                assertThat(new String(clear.get(i), StandardCharsets.UTF_8)).startsWith(kept);
            }
        }
    }

    @Test
    void keepsShortArgumentsWholeAndSharesTheRest() {
        byte[] text = new byte[100_000];
        List<Kept> kept = ArgumentFormat.cut(List.of("a", "b", "c"), List.of(text, utf8("1"), text));

        assertThat(kept.get(1).isCut()).isFalse();
        assertThat(kept.get(0).bytes().length)
                .isGreaterThan(1_900)
                .isEqualTo(kept.get(2).bytes().length);
    }

    @Test
    void cutsNothingThatFits() {
        List<Kept> kept = ArgumentFormat.cut(List.of("a", "b"), List.of(new byte[4_000], utf8("1")));

        assertThat(kept).noneMatch(Kept::isCut);
    }

    @Test
    void laterEntriesOfACallDoNotForgetThem() {
        RunLog log = new RunLog();
        Call first = new Call(0, new byte[] {1}, "", List.of(), utf8("kept"));
        Call again = new Call(0, new byte[] {1}, "", List.of());
        log.apply(new LogEntry.AttemptFailed("task:a#1", 1, 0, first, 1, 2, new byte[0]));

        log.apply(new LogEntry.Succeeded("task:a#1", 3, 0, again, 2, false, new byte[0]));

        assertThat(log.find("task:a#1").call().arguments()).isEqualTo(utf8("kept"));
    }

    @Test
    void anotherCallInItsPlaceHasItsOwn() {
        RunLog log = new RunLog();
        log.apply(new LogEntry.Opened("task:a#1", 1, new Call(0, new byte[] {1}, "", List.of(), utf8("kept"))));

        log.apply(new LogEntry.Opened("task:a#1", 3, new Call(0, new byte[] {2}, "", List.of())));

        assertThat(log.find("task:a#1").call().arguments()).isNull();
    }

    @Test
    void argumentsOfNoCallAreDamage() {
        byte[] paused = EntryFormat.write(new LogEntry.Paused("", 1));
        EntryWriter out = new EntryWriter().octet(23).bytes(utf8("kept"));
        for (int i = 0; i < paused.length - 4; i++) {
            out.octet(paused[i]);
        }

        assertThatThrownBy(() -> EntryFormat.read(out.finish(), "entry 1"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("arguments, and is no call");
    }
}
