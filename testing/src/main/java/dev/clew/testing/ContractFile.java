package dev.clew.testing;

import dev.clew.json.JsonCodec;
import dev.clew.verify.GraphContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A graph's contract as it is committed beside the sources. A test compares the code with it, and says which stored values would be
 * lost or refused: before a deploy, and without a database.
 *
 * <p>It knows types, not stored values: what a migration of the codec brings up to date, it reports all the same. Look at each change,
 * and then write the file anew with {@code -Dclew.contract=write}.
 *
 * <pre>{@code
 * @Test
 * void storedValuesCanBeRead() {
 *   try (var graph = OrderFlowGraph.builder(new OrderFlow(bank)).build()) {
 *     ContractFile.at(Path.of("src/test/resources/orders.contract.json")).check(graph.contract());
 *   }
 * }
 * }</pre>
 */
public final class ContractFile {
    private final Path file;

    private ContractFile(Path file) {
        this.file = file;
    }

    /** The contract in this file, which need not be there yet. */
    public static ContractFile at(Path file) {
        return new ContractFile(file);
    }

    /**
     * Compares a contract with the file. With {@code -Dclew.contract=write} it writes the file instead.
     *
     * @throws AssertionError if anything has changed, harmful or not, since the file is compared with the next change, too; or if there
     *     is no file
     */
    public void check(GraphContract contract) {
        if ("write".equals(System.getProperty("clew.contract"))) {
            write(contract);
            return;
        }
        String advice = "\nIf that is meant, write the file with -Dclew.contract=write, and commit it.";
        if (!Files.exists(file)) {
            throw new AssertionError("there is no contract " + file + " to compare with." + advice);
        }
        List<ContractChange> changes = changes(contract);
        if (!changes.isEmpty()) {
            throw new AssertionError("the code has changed against the contract " + file + ":\n"
                    + changes.stream().map(change -> "  " + change).collect(Collectors.joining("\n")) + advice);
        }
    }

    /**
     * What has changed, the harmful changes first.
     *
     * @throws IllegalArgumentException if the file has no contract
     */
    public List<ContractChange> changes(GraphContract contract) {
        try {
            return new ContractComparison(plain(Files.readString(file)), plain(contract.json())).changes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Writes a contract into the file. */
    public void write(GraphContract contract) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, contract.json());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private Map<?, ?> plain(String json) {
        if (JsonCodec.standard().decodePlain(json.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> contract
                && contract.get("workflows") instanceof Map<?, ?> workflows) {
            return workflows;
        }
        throw new IllegalArgumentException(file + " has no contract; write it with -Dclew.contract=write");
    }
}
