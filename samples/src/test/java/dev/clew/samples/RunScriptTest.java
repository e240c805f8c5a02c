package dev.clew.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunScriptTest {
    private static final Path SCRIPT = Path.of("run");

    @Test
    void listsTheNamesOfAllSamplesOnePerLine() throws Exception {
        Process list = new ProcessBuilder("bash", SCRIPT.toString(), "--list").start();
        String printed = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(list.waitFor()).isZero();
        assertThat(printed.lines())
                .containsExactlyElementsOf(samples().keySet())
                .doesNotHaveDuplicates();
    }

    @Test
    void everySampleHasAProgram() throws Exception {
        for (String name : samples().values()) {
            assertThat(Class.forName("dev.clew.samples." + name).getMethod("main", String[].class))
                    .isNotNull();
        }
    }

    @Test
    void theDocumentsTellOfEverySample() throws Exception {
        assertThat(Files.readString(Path.of("..", "docs", "samples.md")))
                .contains(samples().keySet().stream()
                        .map(name -> "| [`" + name + "`]")
                        .toList());
    }

    @Test
    void everySampleOfOneFileSaysWhatItShowsAndHowItIsRun() throws Exception {
        for (String name : samples().keySet()) {
            if (!List.of("expenses", "digest", "threads").contains(name)) {
                Process help = new ProcessBuilder("bash", SCRIPT.toString(), name, "--help").start();
                String printed = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

                assertThat(help.waitFor()).as(name).isZero();
                assertThat(printed.lines().toList()).as(name).hasSizeGreaterThan(5);
                assertThat(printed).contains("usage: samples/run " + name, "example: samples/run " + name, "Read it: ");
                assertThat(printed).doesNotContain("{@", "<p>");
            }
        }
    }

    private static Map<String, String> samples() throws Exception {
        Map<String, String> samples = new LinkedHashMap<>();
        Pattern.compile("(?m)^([a-z-]+) +([a-z]+\\.[A-Za-z]+)$")
                .matcher(Files.readString(SCRIPT))
                .results()
                .forEach(line -> samples.put(line.group(1), line.group(2)));
        return samples;
    }
}
