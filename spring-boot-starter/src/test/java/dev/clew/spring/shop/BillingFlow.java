package dev.clew.spring.shop;

import dev.clew.annotations.Context;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import org.springframework.stereotype.Component;

/** Bills an order. */
@Component
public class BillingFlow {
    private final Bank bank;

    public BillingFlow(Bank bank) {
        this.bank = bank;
    }

    @Task
    String charge(String order, int cents) {
        return bank.charge(order, cents);
    }

    @Entrypoint
    String bill(Order order, BillingFlowTasks tasks, @Context Prices prices) {
        return tasks.charge(order.id(), order.pieces() * prices.ofPiece()).join();
    }
}
