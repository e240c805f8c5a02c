package dev.clew.benchmarks;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Queue;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * DBOS Transact for Java with its defaults. It has no steps that run beside each other, so a fan-out is child workflows; and a run
 * that waits keeps its thread, so nothing is replayed while the process lives. Its queue looks each 10 ms instead of each second.
 */
final class DbosOnPostgres implements Contender {
    private static final int CALLERS = 8;

    /** What is registered with the peer. */
    interface Flows {
        int sequence(int steps);

        int fanOut(int children);

        int one(int i);
    }

    /** The same work as that of {@link Steps}. */
    static final class Impl implements Flows {
        private final DBOS dbos;
        private Flows self;

        Impl(DBOS dbos) {
            this.dbos = dbos;
            this.self = this;
        }

        @Override
        @Workflow(name = "sequence")
        public int sequence(int steps) {
            int reached = 0;
            for (int i = 0; i < steps; i++) {
                int before = reached;
                reached = dbos.runStep(() -> before + 1, "step");
            }
            return reached;
        }

        @Override
        @Workflow(name = "fanOut")
        public int fanOut(int children) {
            List<WorkflowHandle<Integer, RuntimeException>> started = new ArrayList<>();
            for (int i = 0; i < children; i++) {
                int number = i;
                started.add(dbos.startWorkflow(() -> self.one(number)));
            }
            int sum = 0;
            for (WorkflowHandle<Integer, RuntimeException> child : started) {
                sum += child.getResult();
            }
            return sum;
        }

        @Override
        @Workflow(name = "one")
        public int one(int i) {
            return i;
        }
    }

    private final DBOS dbos;
    private final Queue queue = new Queue("q").withPollingInterval(Duration.ofMillis(10));
    private final Flows flows;

    DbosOnPostgres(Server server) {
        dbos = new DBOS(DBOSConfig.defaults("benchmark")
                .withDatabaseUrl(server.url())
                .withDbUser("postgres")
                .withDbPassword("postgres"));
        Impl impl = new Impl(dbos);
        flows = dbos.registerProxy(Flows.class, impl);
        impl.self = flows;
        dbos.registerQueue(queue);
        dbos.launch();
    }

    @Override
    public String title() {
        return "DBOS " + DBOS.version();
    }

    @Override
    public void sequence(int steps) {
        int unused = flows.sequence(steps);
    }

    @Override
    public void sequences(int callers, int steps) {
        Callers.each(callers, callers, i -> flows.sequence(steps));
    }

    @Override
    public void fanOut(int steps) {
        int unused = flows.fanOut(steps);
    }

    @Override
    public void pause(int steps) {
        throw new UnsupportedOperationException("nothing is replayed while the process lives");
    }

    @Override
    public void replay() {
        throw new UnsupportedOperationException("nothing is replayed while the process lives");
    }

    @Override
    public void queued(int runs) {
        WorkflowHandle<?, ?>[] handles = new WorkflowHandle<?, ?>[runs];
        StartWorkflowOptions queued = new StartWorkflowOptions(queue);
        Callers.each(CALLERS, runs, i -> handles[i] = dbos.startWorkflow(() -> flows.one(i), queued));
        Callers.each(CALLERS, runs, i -> {
            try {
                Object unused = handles[i].getResult();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    @Override
    public void close() {
        dbos.close();
    }
}
