package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.StoreWarning;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that hold an old snapshot are found. */
final class OldSnapshotsTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final TestServer server = TestServer.shared();
    private final String schema = server.freshSchema();
    private final Postgres db =
            Postgres.of(server.pool(), PostgresOptions.defaults().schema(schema).connections(2));
    private final PostgresCheckpointer store = (PostgresCheckpointer) db.checkpointer();

    @AfterEach
    void close() throws SQLException {
        db.close();
        server.execute("DROP SCHEMA " + schema + " CASCADE");
    }

    @Test
    void aSessionThatHoldsASnapshotIsNamedUntilItEnds() throws SQLException {
        try (Connection dump = server.pool().getConnection()) {
            int process = begin(dump, "an old dump");

            List<StoreWarning> found = of(process, AT_ONCE);

            assertThat(found).singleElement().satisfies(warning -> {
                assertThat(warning.kind()).isEqualTo(StoreWarning.Kind.OLD_SNAPSHOT);
                assertThat(warning.since())
                        .isBetween(store.now().minusSeconds(60), store.now().plusSeconds(1));
                assertThat(warning.text())
                        .contains("an old dump", "pg_terminate_backend(" + process + ")", "since " + warning.since());
            });
            assertThat(of(process, Duration.ofMinutes(5)))
                    .as("younger than five minutes")
                    .isEmpty();
            dump.rollback();
            assertThat(of(process, AT_ONCE)).as("after its end").isEmpty();
        }
    }

    @Test
    void anOperatorHasWhatItsStoreSays() throws SQLException {
        try (Operator now = Operator.of(store)) {
            assertThat(now.warnings()).as("nothing is older than five minutes").isEmpty();
        }
        try (Connection dump = server.pool().getConnection()) {
            int process = begin(dump, "another dump");
            Checkpointer impatient = new ForwardingCheckpointer(store) {
                @Override
                public List<StoreWarning> warnings() {
                    return of(process, AT_ONCE);
                }
            };
            try (Operator operator = Operator.of(impatient)) {
                assertThat(operator.warnings()).hasSize(1);
            }
            dump.rollback();
        }
        try (Operator memory = Operator.of(Checkpointer.inMemory())) {
            assertThat(memory.warnings()).isEmpty();
        }
    }

    /** What is found of a session: other tests have sessions of their own. */
    private List<StoreWarning> of(int process, Duration old) {
        return store.warnings(old).stream()
                .filter(warning -> warning.text().contains("process " + process + " "))
                .toList();
    }

    /** Begins a transaction that holds a snapshot; returns its process. */
    private static int begin(Connection dump, String name) throws SQLException {
        dump.setAutoCommit(false);
        dump.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = dump.createStatement()) {
            statement.execute("SET LOCAL application_name = '" + name + "'");
            try (ResultSet row = statement.executeQuery("SELECT pg_backend_pid(), count(*) FROM pg_class")) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
