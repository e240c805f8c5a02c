package dev.clew.samples.deploy;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;

/** The new code with a mistake: it looks at the stock first, which the orders that wait have not done. */
public class HastyOrders {
    @Task
    boolean inStock(Order order) {
        return order.count() < 10;
    }

    @Task
    int price(Order order) {
        return 5 * order.count();
    }

    @Task
    String ship(Order order) {
        return order.count() + " x " + order.article() + " shipped";
    }

    @Entrypoint(name = "orders")
    String order(Order order, HastyOrdersTasks tasks, Run run) {
        if (!tasks.inStock(order).join()) {
            return "out of stock";
        }
        int price = tasks.price(order).join();
        return run.interrupt(Order.APPROVE, price) ? tasks.ship(order).join() : "not approved";
    }
}
