package dev.clew.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.testing.ContractChange.Meaning;
import dev.clew.value.TypeRef;
import dev.clew.verify.GraphContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractFileTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/clew/testing/orders.contract.json");
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    @TempDir
    private Path folder;

    /** What the order is in the first version. */
    static final class Before {
        enum Speed {
            FAST,
            SLOW
        }

        sealed interface Payment {}

        record Card(String number) implements Payment {}

        record Cash(int cents) implements Payment {}

        record Line(String article, int count) {}

        record Order(
                String id,
                @Nullable Integer weight,
                Speed speed,
                Payment payment,
                List<Line> lines,
                Optional<Order> parent) {}

        private Before() {}
    }

    /** Each change of it, alone. */
    static final class After {
        record Line(String article, int count) {}

        record NoWeight(
                String id,
                Before.Speed speed,
                Before.Payment payment,
                List<Before.Line> lines,
                Optional<NoWeight> parent) {}

        record WeightNeeded(
                String id,
                int weight,
                Before.Speed speed,
                Before.Payment payment,
                List<Before.Line> lines,
                Optional<WeightNeeded> parent) {}

        record IdNumber(
                long id,
                @Nullable Integer weight,
                Before.Speed speed,
                Before.Payment payment,
                List<Before.Line> lines,
                Optional<IdNumber> parent) {}

        record More(
                String id,
                @Nullable Integer weight,
                Before.Speed speed,
                Before.Payment payment,
                List<Before.Line> lines,
                Optional<More> parent,
                @Nullable String note) {}

        enum Speed {
            FAST
        }

        record OneSpeed(
                String id,
                @Nullable Integer weight,
                Speed speed,
                Before.Payment payment,
                List<Before.Line> lines,
                Optional<OneSpeed> parent) {}

        sealed interface Payment {}

        record CreditCard(String number) implements Payment {}

        record Cash(int cents) implements Payment {}

        record OtherPayment(
                String id,
                @Nullable Integer weight,
                Before.Speed speed,
                Payment payment,
                List<Before.Line> lines,
                Optional<OtherPayment> parent) {}

        record LineByText(String article, String count) {}

        record OtherLines(
                String id,
                @Nullable Integer weight,
                Before.Speed speed,
                Before.Payment payment,
                List<LineByText> lines,
                Optional<OtherLines> parent) {}

        /** The same in other classes. */
        record Renamed(
                String id,
                @Nullable Integer weight,
                Before.Speed speed,
                Before.Payment payment,
                List<Line> lines,
                Optional<Renamed> parent) {}

        private After() {}
    }

    /** A graph of given workflows. */
    private static final class Orders extends Graph {
        Orders(Wiring wiring, WorkflowSpec<?, ?> spec) {
            super(wiring);
            workflow(spec);
        }
    }

    private static GraphContract contract(WorkflowSpec<?, ?> spec) {
        try (Graph graph = GraphBuilder.of(wiring -> new Orders(wiring, spec)).build()) {
            return graph.contract();
        }
    }

    private static GraphContract orders(Class<?> order) {
        return orders(order, order, TypeRef.of(Boolean.class));
    }

    private static GraphContract orders(Class<?> order, Class<?> packed, TypeRef<?> answer) {
        return contract(WorkflowSpec.of("OrderFlow.order", TypeRef.of(order), TEXT)
                .tasks(TaskSpec.of("pack", TypeRef.of(packed))
                        .method("OrderFlow", "pack(Order)")
                        .parameter("order", TEXT)
                        .leaf(call -> null))
                .questions(InterruptKey.of("approve", TEXT, answer))
                .body(call -> ""));
    }

    private ContractFile first() {
        ContractFile file = ContractFile.at(folder.resolve("orders.contract.json"));
        file.write(orders(Before.Order.class));
        return file;
    }

    private List<String> harm(Class<?> order) {
        return first().changes(orders(order)).stream()
                .filter(change -> change.place().contains("input"))
                .map(ContractChange::toString)
                .toList();
    }

    @Test
    void contractIsReadableAndTheSameInEveryProcess() throws IOException {
        GraphContract contract = orders(Before.Order.class);
        assertThat(orders(Before.Order.class)).isEqualTo(contract);
        ContractFile golden = ContractFile.at(GOLDEN);

        golden.check(contract);

        assertThat(Files.readString(GOLDEN)).isEqualTo(contract.json()).contains("\"pack(Order)\"");
    }

    @Test
    void componentThatIsGoneIsLost() {
        assertThat(harm(After.NoWeight.class))
                .containsExactly("LOSES: workflow 'OrderFlow.order', input at $.weight: member is gone");
    }

    @Test
    void nullIsRefusedWhereAComponentMustBeThere() {
        assertThat(harm(After.WeightNeeded.class))
                .containsExactly(
                        "REFUSES: workflow 'OrderFlow.order', input at $.weight: null is no longer read; now it is"
                                + " [integer]");
    }

    @Test
    void anotherTypeIsRefused() {
        assertThat(harm(After.IdNumber.class))
                .contains(
                        "REFUSES: workflow 'OrderFlow.order', input at $.id: string is no longer read; now it is [integer]");
    }

    @Test
    void anotherTypeInAListIsRefusedAtItsPath() {
        assertThat(harm(After.OtherLines.class)).first().asString().contains("input at $.lines[].count: integer is no");
    }

    @Test
    void enumConstantThatIsGoneIsRefused() {
        assertThat(harm(After.OneSpeed.class))
                .containsExactly("REFUSES: workflow 'OrderFlow.order', input at $.speed: constant [SLOW] is gone");
    }

    @Test
    void caseOfASealedTypeThatHasAnotherNameIsRefused() {
        assertThat(harm(After.OtherPayment.class))
                .contains(
                        "REFUSES: workflow 'OrderFlow.order', input at $.payment: case 'Card' is no longer read; now it is"
                                + " [case 'Cash', case 'CreditCard', null]");
    }

    @Test
    void newComponentIsHarmlessAndToldSoThatTheFileIsWritten() {
        ContractFile file = first();
        assertThat(harm(After.More.class))
                .singleElement()
                .asString()
                .startsWith("HARMLESS")
                .contains("$.note");

        assertThatThrownBy(() -> file.check(orders(After.More.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("HARMLESS")
                .hasMessageContaining("-Dclew.contract=write");
    }

    @Test
    void otherClassesWithTheSameMembersChangeNothing() {
        assertThat(harm(After.Renamed.class)).isEmpty();
        first().check(orders(Before.Order.class));
    }

    @Test
    void changesOfResultsQuestionsAndParametersSayWhoseTheyAre() {
        List<ContractChange> changes =
                first().changes(orders(Before.Order.class, After.OneSpeed.class, TypeRef.of(Integer.class)));

        assertThat(changes)
                .extracting(ContractChange::meaning)
                .containsExactly(Meaning.REFUSES, Meaning.ASKS_ANEW, Meaning.HARMLESS);
        assertThat(changes.get(0).place()).isEqualTo("workflow 'OrderFlow.order', step 'pack', result at $.speed");
        assertThat(changes.get(1).place()).isEqualTo("workflow 'OrderFlow.order', question 'approve', answer at $");
    }

    @Test
    void stepsAndWorkflowsAreFoundByTheirFormerNames() {
        ContractFile file = first();
        WorkflowSpec.Builder<Before.Order, String> renamed = WorkflowSpec.of(
                        "Orders.run", TypeRef.of(Before.Order.class), TEXT)
                .formerly("OrderFlow.order");

        assertThat(file.changes(contract(renamed.body(call -> ""))))
                .extracting(ContractChange::toString)
                .containsExactly(
                        "GONE: workflow 'OrderFlow.order', step 'pack': is gone",
                        "ASKS_ANEW: workflow 'OrderFlow.order', question 'approve': is gone",
                        "HARMLESS: workflow 'Orders.run': is new, or has a new name");
        assertThat(file.changes(
                        contract(WorkflowSpec.of("Other.run", TEXT, TEXT).body(call -> ""))))
                .first()
                .hasToString("GONE: workflow 'OrderFlow.order': is gone");
    }

    @Test
    void missingFileSaysHowItIsWritten() {
        ContractFile missing = ContractFile.at(folder.resolve("none.json"));

        assertThatThrownBy(() -> missing.check(orders(Before.Order.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dclew.contract=write");
    }

    @Test
    void fileThatIsNoContractIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{}");

        assertThatThrownBy(() -> ContractFile.at(file).check(orders(Before.Order.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other.json");
    }
}
