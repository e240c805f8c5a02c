package dev.clew.samples.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import dev.clew.testing.ContractFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployTest {
    @TempDir
    private Path dir;

    @Test
    void mistakeIsFoundBeforeTheDeployAndPatchedCuresIt() throws Exception {
        List<String> printed = Play.in(dir).run(Deploy::main);

        assertThat(printed).contains("the new code: it may not be deployed", "with patched: it may be deployed");
        assertThat(printed)
                .filteredOn(line -> line.startsWith("DIFFERS: thread 'order of "))
                .hasSize(2);
        assertThat(printed).anyMatch(line -> line.contains("task:price#1") && line.contains("[HastyOrders.java:"));
        assertThat(printed).contains("after the switch: it may be deployed");
        assertThat(printed)
                .contains(
                        "  3 x pens shipped", "  2 x lamps shipped", "  4 x chairs shipped", "  tables: out of stock");
    }

    @Test
    void storedValuesCanBeRead() {
        try (var graph = OrdersGraph.builder(new Orders()).build()) {
            ContractFile.at(Path.of("src/test/resources/orders.contract.json")).check(graph.contract());
        }
    }
}
