package dev.clew.spring.shop;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.spring.Outbox;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders. */
@Service
public class Orders {
    private final JdbcTemplate database;
    private final BillingFlowGraph billing;
    private final Outbox outbox;

    public Orders(JdbcTemplate database, BillingFlowGraph billing, Outbox outbox) {
        this.database = database;
        this.billing = billing;
        this.outbox = outbox;
    }

    /** One transaction stores the order and the run that bills it, or neither. */
    @Transactional
    public RunHandle<String> take(Order order) {
        RunHandle<String> bill = enqueue(order);
        database.update("INSERT INTO orders (id, pieces) VALUES (?, ?)", order.id(), order.pieces());
        return bill;
    }

    RunHandle<String> enqueue(Order order) {
        return outbox.enqueue(billing.bill(), order, RunConfig.once("bill-" + order.id()));
    }

    public int count(String id) {
        Integer found = database.queryForObject("SELECT count(*) FROM orders WHERE id = ?", Integer.class, id);
        return found == null ? 0 : found;
    }
}
