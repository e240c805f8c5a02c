package dev.clew.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.spring.IncompatibleVersionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What the start of an application says of libraries that do not fit, and what its properties say in an editor. */
class VersionsTest {
    @Test
    void thePinnedLibrariesOfThisBootFit() {
        assertThatCode(Versions::require).doesNotThrowAnyException();
    }

    @Test
    void refusesABootThatIsTooOld() {
        assertThatThrownBy(() -> Versions.requireBoot("3.4.9"))
                .isInstanceOf(IncompatibleVersionException.class)
                .hasMessageContaining("3.5 or newer, and this is 3.4.9");
        assertThatCode(() -> Versions.requireBoot("4.1.0-M1")).doesNotThrowAnyException();
        assertThatCode(() -> Versions.requireBoot(null)).doesNotThrowAnyException();
    }

    @Test
    void showsARefusalWithoutAStackTrace() {
        var refusal = new IncompatibleVersionException("jackson-databind 3.2.4 needs newer annotations", null);

        FailureAnalysis analysis =
                new ClewFailureAnalyzer().analyze(new BeanCreationException("clewGraphs", "no", refusal));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains("jackson-databind 3.2.4 needs newer annotations");
        assertThat(analysis.getAction()).contains("versions");
    }

    @Test
    void theMetadataDescribesEachProperty() throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(file).isNotNull();
            String metadata = new String(file.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(metadata)
                    .contains(
                            "\"name\": \"clew.checkpointer\"",
                            "\"name\": \"clew.durability\"",
                            "\"name\": \"clew.postgres.schema\"",
                            "\"name\": \"clew.server.path\"",
                            "\"description\": \"How many connections of the DataSource Clew keeps for itself, at least 2.\"",
                            "\"defaultValue\": \"25s\"");
        }
    }
}
