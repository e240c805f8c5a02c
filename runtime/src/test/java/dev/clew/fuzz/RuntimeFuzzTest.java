package dev.clew.fuzz;

import dev.clew.json.CodecFuzz;
import dev.clew.json.MigrationFuzz;
import dev.clew.value.EnvelopeFuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing that {@code testing/fuzz} found in values comes back; it looks for more. */
@Timeout(120)
final class RuntimeFuzzTest {
    @Test
    void values() throws Exception {
        FuzzedInputs.tryAgain("codec", new CodecFuzz(), 3_000);
    }

    @Test
    void migratedValues() throws Exception {
        FuzzedInputs.tryAgain("migrations", new MigrationFuzz(), 2_000);
    }

    @Test
    void envelopes() throws Exception {
        FuzzedInputs.tryAgain("envelopes", new EnvelopeFuzz(), 1_000);
    }
}
