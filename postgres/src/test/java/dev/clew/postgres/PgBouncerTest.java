package dev.clew.postgres;

import dev.clew.contracts.OnStores;
import dev.clew.contracts.Stores;
import dev.clew.contracts.cache.TaskCacheContract;
import dev.clew.contracts.checkpoint.CheckpointerContract;
import dev.clew.contracts.engine.QueueSuite;
import dev.clew.contracts.store.DocumentsContract;
import dev.clew.postgres.OnPostgres.PostgresStores;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

/** With {@code pollOnly()}, all works through a PgBouncer that gives each transaction another connection to the server. */
@EnabledIf(
        value = "dev.clew.postgres.PgBouncer#isInstalled",
        disabledReason = "pgbouncer is not installed: apt-get install pgbouncer")
final class PgBouncerTest {
    interface OnPgBouncer extends OnStores {
        @Override
        default Stores openStores(Path folder, Clock clock) throws Exception {
            return new PostgresStores(TestServer.shared()
                    .open(
                            folder,
                            clock.equals(Clock.systemUTC()) ? null : clock,
                            PgBouncer.shared().source(),
                            PostgresOptions.defaults().pollOnly()));
        }
    }

    /** Each of its cases takes a second through the pooler. */
    @Nested
    @EnabledIf(value = "dev.clew.contracts.lab.Nightly#isOn", disabledReason = "is run with -Pnightly")
    final class Checkpointer extends CheckpointerContract implements OnPgBouncer {}

    @Nested
    final class Queue extends QueueSuite implements OnPgBouncer {}

    @Nested
    final class Documents extends DocumentsContract implements OnPgBouncer {}

    @Nested
    final class Cache extends TaskCacheContract implements OnPgBouncer {}
}
