package dev.clew.samples.deploy;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;

/** The code that runs. */
public class OldOrders {
    @Task
    int price(Order order) {
        return 5 * order.count();
    }

    @Task
    String ship(Order order) {
        return order.count() + " x " + order.article() + " shipped";
    }

    @Entrypoint(name = "orders")
    String order(Order order, OldOrdersTasks tasks, Run run) {
        int price = tasks.price(order).join();
        return run.interrupt(Order.APPROVE, price) ? tasks.ship(order).join() : "not approved";
    }
}
