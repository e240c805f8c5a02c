package dev.clew.spring.boot;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.Workflow;
import dev.clew.postgres.Postgres;
import dev.clew.spring.Outbox;
import java.sql.Connection;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Inserts requests by the connection of Spring's transaction. */
final class TransactionalOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.spring");

    private final Postgres database;
    private final DataSource source;

    TransactionalOutbox(Postgres database, DataSource source) {
        this.database = database;
        this.source = source;
    }

    @Override
    public <I, O extends @Nullable Object> RunHandle<O> enqueue(Workflow<I, O> workflow, I input, RunConfig config) {
        return inTransaction(workflow, config, connection -> database.enqueue(connection, workflow, input, config));
    }

    @Override
    public <O extends @Nullable Object> RunHandle<O> enqueue(Workflow<?, O> workflow, RunConfig config) {
        return inTransaction(workflow, config, connection -> database.enqueue(connection, workflow, config));
    }

    private <O extends @Nullable Object> RunHandle<O> inTransaction(
            Workflow<?, O> workflow, RunConfig config, Function<Connection, RunHandle<O>> enqueue) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw refused(workflow, "there is no transaction on this thread; call it from a @Transactional method");
        }
        Connection connection = DataSourceUtils.getConnection(source);
        try {
            if (!DataSourceUtils.isConnectionTransactional(connection, source)) {
                throw refused(
                        workflow,
                        "the transaction on this thread is none of Clew's DataSource; its transaction manager must use that,"
                                + " and expose its connection");
            }
            RunHandle<O> handle = enqueue.apply(connection);
            wakeAfterCommit(config.queue());
            return handle;
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }

    private static RequestRefusedException refused(Workflow<?, ?> workflow, String why) {
        return new RequestRefusedException("workflow '" + workflow.name() + "' is not enqueued by the outbox: " + why);
    }

    private void wakeAfterCommit(String queue) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                try {
                    database.wake(queue);
                } catch (RuntimeException unwell) {
                    // What is committed stays so; the caller must not believe otherwise.
                    LOG.warn(
                            "the workers of queue '{}' could not be woken; they find the run when they look",
                            queue,
                            unwell);
                }
            }
        });
    }
}
