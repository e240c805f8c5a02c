package dev.clew.agents;

import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.effect.Resolution;
import dev.clew.testing.ClewTest;
import dev.clew.testing.CrashPoint;
import dev.clew.testing.Lab;

/** Annotated nodes whose effects must not happen twice. */
final class OnceNodesTest {
    private final Ordering ordering = new Ordering();

    @ClewTest({MEMORY, SQLITE})
    void valuesAndUpdatesAreFoundOutsideAndSaidByPeople(Lab lab) {
        var order = lab.graph(() -> OrderingGraph.builder(ordering)).workflow(OrderingGraph::workflow);
        ordering.acted = () -> lab.crashAt(CrashPoint.within("attempt"));

        var asked = order.invoke(CartUpdate.update().item("tea")).only(OrderingGraph.THANK_OUTCOME);
        assertThat(asked.value().arguments()).containsExactly("tea");
        Ordering.Cart cart = order.answer(
                        OrderingGraph.THANK_OUTCOME,
                        Resolution.succeeded(CartUpdate.update().notes("thanked by hand")))
                .value();

        assertThat(cart.receipt()).isEqualTo("paid tea");
        assertThat(cart.notes()).containsExactly("shipped tea", "thanked by hand");
        assertThat(ordering.done.values()).containsExactlyInAnyOrder("paid tea", "shipped tea", "thanked for tea");
    }
}
