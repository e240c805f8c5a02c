package dev.clew.samples.guides;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.postgres.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Stores an order and the run that ships it in one transaction. */
public class Shop {
    @Task
    String pack(String order) {
        return order + " is packed";
    }

    @Entrypoint
    String ship(String order, ShopTasks tasks) {
        return tasks.pack(order).join();
    }

    /** After this, both are there: the order and the run that ships it. If it throws, neither is. */
    static void order(DataSource source, Postgres db, Workflow<String, String> ship, String id) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            db.enqueue(connection, ship, id, RunConfig.once(id).queue("orders"));
            insert(connection, id);
            connection.commit();
        }
        db.wake("orders");
    }

    private static void insert(Connection connection, String id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
            insert.setString(1, id);
            insert.executeUpdate();
        }
    }
}
