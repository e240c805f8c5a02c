package dev.clew.samples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OrdersTest {
    @TempDir
    private Path dir;

    @Test
    void whatWasDoneIsUndoneTheNewestFirst() throws Exception {
        List<String> printed = Play.in(dir).run(Orders::main);

        assertThat(printed).anyMatch(line -> line.startsWith("task:pay#1 is not undone"));
        assertThat(printed)
                .containsSubsequence(
                        "refunding 900 euros", "releasing piano", "failed: no carrier takes piano", "left of it: {}");
    }
}
