package dev.clew.samples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.Workflow;
import dev.clew.postgres.Postgres;
import dev.clew.postgres.PostgresOptions;
import dev.clew.queue.Worker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ShopTest {
    private EmbeddedPostgres server;
    private DataSource source;
    private Postgres db;
    private ShopGraph graph;

    @BeforeEach
    void open() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        source = server.getPostgresDatabase();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id text PRIMARY KEY)");
        }
        db = Postgres.of(source, PostgresOptions.defaults().allowUnsafe());
        graph = ShopGraph.builder(new Shop())
                .checkpointer(db.checkpointer())
                .worker(Worker.of("orders"))
                .build();
    }

    @AfterEach
    void close() throws IOException {
        graph.close();
        db.close();
        server.close();
    }

    @Test
    void anOrderThatIsCommittedIsShipped() throws SQLException {
        Workflow<String, String> ship = graph.ship();

        Shop.order(source, db, ship, "order-1");

        assertThat(ship.handle("order-1", "order-1").result().value()).isEqualTo("order-1 is packed");
    }

    @Test
    void anOrderThatIsRolledBackHasNoRun() throws SQLException {
        Workflow<String, String> ship = graph.ship();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO orders VALUES ('order-2')"); // so that the second one breaks the key
        }

        assertThatThrownBy(() -> Shop.order(source, db, ship, "order-2")).isInstanceOf(SQLException.class);

        assertThatThrownBy(() -> ship.handle("order-2", "order-2").status())
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefusedException.Reason.UNKNOWN));
    }
}
