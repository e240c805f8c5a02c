package dev.clew.spring;

import dev.clew.OnNonDeterminism;
import dev.clew.flow.Durability;
import dev.clew.flow.Retention;
import dev.clew.flow.RunConfig;
import dev.clew.queue.Worker;
import dev.clew.schedule.Missed;
import dev.clew.schedule.Overlap;
import dev.clew.schedule.ScheduleOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application says of Clew in its configuration, below {@code clew}.
 *
 * <pre>{@code
 * clew:
 *   checkpointer: postgres
 *   durability: sync
 *   workers:
 *     - queue: default
 *       concurrency: 32
 * }</pre>
 *
 * @param checkpointer Where threads are stored. By default in PostgreSQL if clew-postgres and a DataSource are there, else in
 *     SQLite if clew.sqlite.file is set.
 * @param durability When what a run did reaches the disk.
 * @param recover Whether runs that a crash left behind are continued when the application starts.
 * @param recoverEvery How often runs of other processes that crashed are looked for; never if it is zero.
 * @param closeTimeout How long running runs may finish or pause when the application stops. Keep it below
 *     spring.lifecycle.timeout-per-shutdown-phase.
 * @param maxConcurrency How many tasks of one graph may execute at once; Clew's own default if it is not set.
 * @param parkAfter How long a run that waits for a timer or a retry stays in memory; Clew's own default if it is not set.
 * @param streamStall How long a reader of a stream may take nothing before it is cut off; Clew's own default if it is not set.
 * @param onNonDeterminism What happens if code makes another call than its log has.
 * @param stackTraces Whether the first frames of a failure are recorded.
 * @param keepArguments Whether what each step was called with is recorded, up to 4 KB.
 * @param subjectNamespaces Where the store keeps what is about a subject, for graph.erase: namespaces such as
 *     accounts/{subject}.
 * @param deployment The name of this version of the code, for workers of several versions on one queue.
 * @param workers The queues from which every graph takes runs. If nothing is said, it is the queue "default"; an empty value means
 *     none, for a process that only enqueues.
 * @param schedules What is enqueued by the clock: schedules by their names. One that is taken out here stays stored until it is
 *     deleted.
 * @param retention How long finished runs are kept.
 * @param sqlite The SQLite file.
 * @param postgres How the database of the DataSource is used.
 * @param server The agent server.
 */
@ConfigurationProperties("clew")
public record ClewProperties(
        @Nullable Place checkpointer,
        @DefaultValue("async") Durability durability,
        @DefaultValue("true") boolean recover,
        @DefaultValue("1m") Duration recoverEvery,
        @DefaultValue("25s") Duration closeTimeout,
        @Nullable Integer maxConcurrency,
        @Nullable Duration parkAfter,
        @Nullable Duration streamStall,
        @DefaultValue("block") OnNonDeterminism onNonDeterminism,
        @DefaultValue("true") boolean stackTraces,
        @DefaultValue("true") boolean keepArguments,
        @DefaultValue List<String> subjectNamespaces,
        @Nullable String deployment,
        @Nullable List<WorkerProperties> workers,
        @DefaultValue Map<String, ScheduleProperties> schedules,
        @DefaultValue RetentionProperties retention,
        @DefaultValue SqliteProperties sqlite,
        @DefaultValue PostgresProperties postgres,
        @DefaultValue ServerProperties server) {
    public ClewProperties {
        workers = workers == null ? null : List.copyOf(workers);
        schedules = Map.copyOf(schedules);
        subjectNamespaces = List.copyOf(subjectNamespaces);
    }

    /** The queues from which runs are taken, the default one if nothing was said. */
    public List<WorkerProperties> queues() {
        return workers == null ? List.of(WorkerProperties.DEFAULT) : workers;
    }

    /** Where threads are stored. */
    public enum Place {
        /** In memory: they end with the process. */
        MEMORY,
        /** In one file, of the module {@code clew-cache-sqlite}. */
        SQLITE,
        /** In the database of the application's {@code DataSource}, with the module {@code clew-postgres}. */
        POSTGRES
    }

    /**
     * A queue from which runs are taken.
     *
     * @param queue The queue's name.
     * @param concurrency How many of its runs this process executes at once.
     * @param pollEvery How long it may take until this process sees what another one enqueued.
     * @param globalConcurrency How many of its runs all processes execute at once; 0 for any number, not set to leave it as it is.
     * @param perKeyConcurrency How many runs of one concurrency key all processes execute at once; 0 for any number, not set to
     *     leave it as it is.
     */
    public record WorkerProperties(
            @DefaultValue("default") String queue,
            @DefaultValue("16") int concurrency,
            @DefaultValue("1s") Duration pollEvery,
            @Nullable Integer globalConcurrency,
            @Nullable Integer perKeyConcurrency) {
        private static final WorkerProperties DEFAULT =
                new WorkerProperties(RunConfig.DEFAULT_QUEUE, 16, Duration.ofSeconds(1), null, null);

        /** The worker that this describes. */
        public Worker worker() {
            Worker worker = Worker.of(queue).concurrency(concurrency).pollEvery(pollEvery);
            worker = globalConcurrency == null ? worker : worker.globalConcurrency(globalConcurrency);
            return perKeyConcurrency == null ? worker : worker.perKeyConcurrency(perKeyConcurrency);
        }
    }

    /**
     * What is enqueued by the clock. It has either a cron expression, with clew-schedules on the class path, or a period.
     *
     * @param workflow The name of the workflow, such as BillingFlow.bill.
     * @param cron The five fields of a cron expression, such as 0 3 * * *.
     * @param zone Where the cron expression counts; UTC if it is not set.
     * @param every A period instead, counted from the beginning of 1970 in UTC.
     * @param input The input as JSON, such as {"id": "o-1"}; nothing for a workflow without one.
     * @param queue The queue of its runs.
     * @param thread The thread of all its runs; each has one of its own if it is not set.
     * @param overlap What happens if the run before is not over.
     * @param missed What happens with ticks that passed while no worker ran.
     * @param catchUp How long ago the newest missed tick may be.
     */
    public record ScheduleProperties(
            @Nullable String workflow,
            @Nullable String cron,
            @Nullable ZoneId zone,
            @Nullable Duration every,
            @Nullable String input,
            @DefaultValue("default") String queue,
            @Nullable String thread,
            @DefaultValue("skip") Overlap overlap,
            @DefaultValue("once") Missed missed,
            @DefaultValue("1d") Duration catchUp) {
        /** How it fires. */
        public ScheduleOptions options() {
            return new ScheduleOptions(overlap, missed, catchUp);
        }
    }

    /**
     * How long finished runs are kept. Nothing is removed unless {@code keepLast} is set.
     *
     * @param keepLast How many runs of each thread are kept in any case.
     * @param keepFor How long further ones are kept.
     * @param every How often it is looked for what can be removed.
     */
    public record RetentionProperties(
            @Nullable Integer keepLast,
            @Nullable Duration keepFor,
            @DefaultValue("6h") Duration every) {
        /** What is kept; null for everything. */
        public @Nullable Retention policy() {
            if (keepLast == null) {
                return null;
            }
            Retention policy = Retention.keepLast(keepLast);
            return keepFor == null ? policy : policy.orFor(keepFor);
        }
    }

    /**
     * The SQLite file.
     *
     * @param file The file, on a local disk. It is made if it is not there.
     */
    public record SqliteProperties(@Nullable Path file) {}

    /**
     * How the database of the DataSource is used.
     *
     * @param schema The schema that has Clew's tables.
     * @param connections How many connections of the DataSource Clew keeps for itself, at least 2.
     * @param migrate Whether the tables are made and updated when the application starts.
     * @param pollOnly Whether nothing depends on a session of the server, as behind PgBouncer in transaction mode.
     */
    public record PostgresProperties(
            @DefaultValue("clew") String schema,
            @DefaultValue("5") int connections,
            @DefaultValue("true") boolean migrate,
            @DefaultValue("false") boolean pollOnly) {}

    /**
     * The agent server.
     *
     * @param enabled Whether the application's graphs are served over HTTP, if clew-server is there.
     * @param path The path below which they are served.
     * @param inspector Whether the inspector is served, too; it needs clew-inspector.
     * @param insecure Whether requests are served of which nobody knows who sends them, from any machine.
     */
    public record ServerProperties(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("/agents") String path,
            @DefaultValue("false") boolean inspector,
            @DefaultValue("false") boolean insecure) {}
}
