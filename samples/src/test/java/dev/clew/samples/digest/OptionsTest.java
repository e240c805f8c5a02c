package dev.clew.samples.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void derivesEverythingFromTheFile() throws Options.UsageException {
        Options options = Options.parse(List.of("docs/a.b.md"));

        assertThat(options.thread()).matches("a[.]b[.]md@[0-9a-f]{16}");
        assertThat(options.db()).isEqualTo(Path.of(".digest.db"));
        assertThat(options.out()).isEqualTo(Path.of("docs", "a.b.digest.md"));
        assertThat(options.pace()).isZero();
    }

    @Test
    void namesJobsOfFilesOfOneNameInTwoFoldersDifferently() throws Options.UsageException {
        assertThat(Options.parse(List.of("a/same.md")).thread())
                .isEqualTo(Options.parse(List.of("./a/same.md")).thread())
                .isNotEqualTo(Options.parse(List.of("b/same.md")).thread());
    }

    @Test
    void repeatsTheCommand() throws Options.UsageException {
        Options options = Options.parse(List.of("--pace", "200ms", "here.md"));

        assertThat(options.again()).isEqualTo("samples/run digest --pace 200ms here.md");
        assertThat(options.pace()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void refusesWhatMakesNoSense() {
        refused("which file", List.of());
        refused("FILE is given twice", List.of("a", "b"));
        refused("--db needs a value", List.of("a", "--db"));
        refused("unknown option '--nope'", List.of("--nope", "a"));
        refused("--pace", List.of("--pace", "soon", "a"));
    }

    private static void refused(String message, List<String> args) {
        assertThatThrownBy(() -> Options.parse(args))
                .isInstanceOf(Options.UsageException.class)
                .hasMessageContaining(message);
    }
}
