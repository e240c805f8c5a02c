package dev.clew.samples.payments;

import dev.clew.annotations.Effect;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.OnFailure;
import dev.clew.annotations.Task;
import dev.clew.effect.UndoDecision;
import dev.clew.effect.UndoFailed;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.TaskContext;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Orders goods that cannot be delivered in the end: what was done by then is undone, the newest first. The refund is refused at first,
 * and a person is asked.
 */
public class Orders {
    record Order(String article, int euros) {}

    record Receipt(String key, int euros) {}

    /** The outside world: what is reserved and paid, by the effect's id. */
    private final Map<String, String> world = new TreeMap<>();

    private boolean refundsAreOpen;

    @Task(undo = "release")
    void reserve(Order order, TaskContext context) {
        world.put(context.effectId(), "reserved " + order.article());
    }

    void release(Order order, TaskContext context) {
        System.out.println("releasing " + order.article());
        world.remove(context.effectId());
    }

    @Task(effect = Effect.ONCE, undo = "refund")
    Receipt pay(Order order, TaskContext context) {
        world.put(context.effectId(), "paid " + order.euros());
        return new Receipt(context.effectId(), order.euros());
    }

    /** The receipt is not there if nobody knows whether the payment happened. */
    void refund(Order order, Optional<Receipt> receipt, TaskContext context) throws IOException {
        if (!refundsAreOpen) {
            throw new IOException("refunds are closed");
        }
        System.out.println("refunding " + receipt.map(Receipt::euros).orElse(order.euros()) + " euros");
        world.remove(context.effectId());
    }

    @Task
    void ship(Order order) throws IOException {
        throw new IOException("no carrier takes " + order.article());
    }

    @Entrypoint(onFailure = OnFailure.UNDO)
    Receipt order(Order order, OrdersTasks tasks) {
        tasks.reserve(order).join();
        Receipt receipt = tasks.pay(order).join();
        tasks.ship(order).join();
        return receipt;
    }

    public static void main(String... args) {
        Orders orders = new Orders();
        RunConfig thread = RunConfig.thread("order 1");
        try (var file = Sqlite.open(Terminal.database(args));
                var graph = OrdersGraph.builder(orders)
                        .checkpointer(file.checkpointer())
                        .build()) {
            var result = graph.order().invoke(new Order("piano", 900), thread);
            while (result instanceof RunResult.Interrupted<Receipt> asks) {
                var question = asks.only(UndoFailed.KEY);
                System.out.println(question.value().step() + " is not undone: "
                        + question.value().why());
                orders.refundsAreOpen = true;
                result = graph.order().invoke(Command.answers(question.answer(UndoDecision.again())), thread);
            }
        } catch (WorkflowFailedException undone) {
            System.out.println("failed: " + undone.failure().message());
        }
        System.out.println("left of it: " + orders.world);
    }
}
