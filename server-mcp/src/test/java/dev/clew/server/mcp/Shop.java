package dev.clew.server.mcp;

import dev.clew.annotations.Entrypoint;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Workflows that are tools in tests. */
public class Shop {
    /** What {@code slow} waits for. */
    final CountDownLatch go = new CountDownLatch(1);

    public record Order(String item, int count) {}

    public record Receipt(String text, List<Order> orders) {}

    public record Choice(boolean ok) {}

    static final InterruptKey<Order, Choice> APPROVE = InterruptKey.of("approve", Order.class, Choice.class);

    @Entrypoint(name = "buy")
    Receipt buy(Order order, Run run) {
        if (order.count() > 10 && !run.interrupt(APPROVE, order).ok()) {
            return new Receipt("refused", List.of());
        }
        return new Receipt("bought " + order.count() + " " + order.item(), List.of(order));
    }

    @Entrypoint(name = "greet")
    String greet(String name) {
        return "hello " + name;
    }

    @Entrypoint(name = "slow")
    String slow(String text) throws InterruptedException {
        go.await();
        return "slow " + text;
    }

    @Entrypoint(name = "count")
    int count() {
        return 7;
    }

    @Entrypoint(name = "broken")
    String broken(String text) {
        throw new IllegalStateException("out of stock");
    }
}
