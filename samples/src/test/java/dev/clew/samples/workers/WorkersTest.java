package dev.clew.samples.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class WorkersTest {
    private static final int CHAPTERS = 16;

    @TempDir
    private Path dir;

    @Test
    void theOtherWorkerOfAFileContinuesWhereTheKilledOneWas() throws Exception {
        requireAllIsDone(Play.in(dir).run(Workers::main));
    }

    @Test
    @EnabledIfSystemProperty(named = "clew.nightly", matches = "true")
    void theOtherWorkerOfAServerContinuesWhereTheKilledOneWas() throws Exception {
        requireAllIsDone(Play.in(dir).run(List.of("--postgres"), Workers::main));
    }

    private static void requireAllIsDone(List<String> printed) {
        String killed = printed.stream()
                .filter(line -> line.startsWith("killed "))
                .findFirst()
                .orElseThrow()
                .replaceAll("killed (worker [AB]) .*", "$1");
        String other = killed.equals("worker A") ? "worker B" : "worker A";
        List<Integer> before = chapters(killed, printed);
        List<Integer> after = chapters(other, printed);

        assertThat(before).hasSizeGreaterThanOrEqualTo(6);
        assertThat(after.get(0)).as("what had ended is not done again").isBetween(before.size(), before.size() + 1);
        List<Integer> all = new ArrayList<>(before.subList(0, after.get(0) - 1));
        all.addAll(after);
        assertThat(all).hasSize(CHAPTERS).isSorted().doesNotHaveDuplicates();
        assertThat(printed).contains("the book: Digest[text=32 words, by=" + other + "]");
        assertThat(printed).endsWith("every result is there");
    }

    private static List<Integer> chapters(String worker, List<String> printed) {
        return printed.stream()
                .filter(line -> line.startsWith(worker + ": chapter "))
                .map(line -> Integer.valueOf(line.replaceAll(".* ", "")))
                .toList();
    }
}
