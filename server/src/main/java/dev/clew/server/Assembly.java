package dev.clew.server;

import dev.clew.Graph;
import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Workflow;
import dev.clew.server.api.A2aApi;
import dev.clew.server.api.AssistantsApi;
import dev.clew.server.api.ChatApi;
import dev.clew.server.api.CronThreads;
import dev.clew.server.api.CronsApi;
import dev.clew.server.api.EngineFaults;
import dev.clew.server.api.ExtensionApi;
import dev.clew.server.api.Gate;
import dev.clew.server.api.GraphsApi;
import dev.clew.server.api.JoinApi;
import dev.clew.server.api.MetaApi;
import dev.clew.server.api.MetricsApi;
import dev.clew.server.api.OpenApi;
import dev.clew.server.api.Parts;
import dev.clew.server.api.ProtocolApi;
import dev.clew.server.api.RequestBook;
import dev.clew.server.api.RunsApi;
import dev.clew.server.api.StatesApi;
import dev.clew.server.api.StoreApi;
import dev.clew.server.api.TemporaryThreads;
import dev.clew.server.api.ThreadsApi;
import dev.clew.server.api.WebhookRuns;
import dev.clew.server.assistant.AssistantBook;
import dev.clew.server.catalog.Catalog;
import dev.clew.server.catalog.Served;
import dev.clew.server.cron.CronBook;
import dev.clew.server.feed.Feeds;
import dev.clew.server.inspect.InspectActs;
import dev.clew.server.inspect.InspectLive;
import dev.clew.server.inspect.InspectOperate;
import dev.clew.server.inspect.InspectRuns;
import dev.clew.server.inspect.InspectServer;
import dev.clew.server.inspect.InspectThread;
import dev.clew.server.inspect.InspectThreads;
import dev.clew.server.inspect.InspectorFiles;
import dev.clew.server.kernel.Kernel;
import dev.clew.server.kernel.Route;
import dev.clew.server.kernel.Routes;
import dev.clew.server.metrics.Meters;
import dev.clew.server.metrics.RunMeters;
import dev.clew.server.servlet.Exchange;
import dev.clew.server.view.ThreadBook;
import dev.clew.server.webhook.Origins;
import dev.clew.server.webhook.Outbox;
import dev.clew.store.Store;
import dev.clew.stream.RunTap;
import dev.clew.value.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a server together. */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");

    /** How often webhooks that other servers left are looked for. */
    private static final int WEBHOOK_SECONDS = 10;

    /** How many webhooks are sent at the same time. */
    private static final int WEBHOOK_SENDERS = 16;

    /** They write what is there, and look at the store for what is next: if it is slow, streams wait and need no threads. */
    private static final int WRITERS = 64;

    private Assembly() {}

    static AgentServlet servlet(AgentServer.Builder builder, boolean isOpen) {
        Checkpointer store = store(builder.graphs);
        Codec codec = builder.graphs.get(0).codec();
        Catalog catalog = new Catalog(served(builder, store));
        Operator operator = Operator.of(store, codec);
        RequestBook requests = new RequestBook(catalog, store, builder.scalars);
        Feeds feeds = new Feeds(catalog, store, operator, requests);
        store.threadIndex().open();
        ExecutorService writers = pool(WRITERS);
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, Assembly::daemon);
        clock.setRemoveOnCancelPolicy(true);
        // A receiver that is slow keeps the others waiting for its time at most.
        ExecutorService senders = pool(WEBHOOK_SENDERS);
        Parts parts = new Parts(
                builder.graphs,
                catalog,
                store,
                operator,
                feeds,
                new ThreadBook(store.threadIndex(), codec),
                builder.authorizer,
                builder.scalars,
                builder.store,
                builder.store == null ? null : new CronBook(builder.store, operator),
                builder.store == null ? null : new AssistantBook(builder.store),
                outbox(builder, clock, senders));
        RunMeters runs = new RunMeters(store, writers);
        List<AutoCloseable> taps = taps(builder.graphs, feeds, runs);
        tend(builder, parts, requests, clock, writers);
        Kernel kernel = kernel(builder, parts, requests, runs, clock);
        Exchange exchange =
                new Exchange(kernel, builder.basePath, builder.maxBody, builder.stalledAfter, clock, writers);
        return new AgentServlet(exchange, builder.cors, isOpen, () -> {
            taps.forEach(Assembly::close);
            feeds.close();
            clock.shutdownNow();
            writers.shutdownNow();
            senders.shutdownNow();
            operator.close();
        });
    }

    private static List<AutoCloseable> taps(List<Graph> graphs, RunTap... heard) {
        List<AutoCloseable> taps = new ArrayList<>();
        for (Graph graph : graphs) {
            for (RunTap each : heard) {
                taps.add(graph.tap(each));
            }
        }
        return taps;
    }

    private static Kernel kernel(
            AgentServer.Builder builder,
            Parts parts,
            RequestBook requests,
            RunMeters runs,
            ScheduledExecutorService clock) {
        EngineFaults faults = new EngineFaults();
        Meters meters = new Meters(faults);
        List<Route> table =
                new ArrayList<>(routes(builder, parts, requests, new MetricsApi(parts, meters, runs), faults));
        table.addAll(inspected(parts, clock));
        if (builder.inspector) {
            table.addAll(InspectorFiles.routes());
        }
        AtomicReference<Kernel> itself = new AtomicReference<>();
        table.addAll(new ExtensionApi(builder.extensions, () -> Objects.requireNonNull(itself.get())).routes());
        List<Route> all = OpenApi.described(table).stream().map(meters::counted).toList();
        Kernel kernel = new Kernel(
                new Routes(all),
                builder.authenticator,
                faults,
                new Gate(parts)::requireStill,
                builder.reauthorizedEvery);
        itself.set(kernel);
        return kernel;
    }

    /** Done by another thread, unless it is still at it. */
    private static Runnable alone(ExecutorService workers, Runnable work) {
        AtomicBoolean busy = new AtomicBoolean();
        return () -> {
            if (busy.compareAndSet(false, true)) {
                workers.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        busy.set(false);
                    }
                });
            }
        };
    }

    /** What is done now and then. */
    private static void tend(
            AgentServer.Builder builder,
            Parts parts,
            RequestBook requests,
            ScheduledThreadPoolExecutor clock,
            ExecutorService workers) {
        CronBook crons = parts.crons();
        if (crons != null) {
            CronThreads threads = new CronThreads(parts, crons);
            long millis = builder.cronsEvery.toMillis();
            Future<?> unused =
                    clock.scheduleWithFixedDelay(alone(workers, threads::tend), millis, millis, TimeUnit.MILLISECONDS);
        }
        tendTemporary(builder, parts, requests, clock, workers);
        if (parts.outbox() != null) {
            WebhookRuns hooks = new WebhookRuns(parts, requests);
            Future<?> unused =
                    clock.scheduleWithFixedDelay(alone(workers, hooks::tend), 0, WEBHOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void tendTemporary(
            AgentServer.Builder builder,
            Parts parts,
            RequestBook requests,
            ScheduledThreadPoolExecutor clock,
            ExecutorService workers) {
        TemporaryThreads temporary = new TemporaryThreads(parts, requests, builder.temporaryKept);
        long often = Math.max(1, builder.temporaryKept.toMillis() / 12);
        Future<?> unused =
                clock.scheduleWithFixedDelay(alone(workers, temporary::tend), often, often, TimeUnit.MILLISECONDS);
    }

    private static @Nullable Outbox outbox(
            AgentServer.Builder builder, ScheduledThreadPoolExecutor clock, ExecutorService senders) {
        WebhookOptions options = builder.webhooks;
        Store store = builder.store;
        if (options == null) {
            return null;
        }
        if (store == null) {
            throw new IllegalArgumentException(
                    "webhooks are kept in the server's store until they are taken; give it one with store(…)");
        }
        Origins origins = Origins.of(options.origins());
        return new Outbox(store, origins, options.secret(), options.allowsPrivate(), clock, senders);
    }

    private static ExecutorService pool(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Assembly::daemon);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "clew-server-streams");
        thread.setDaemon(true);
        return thread;
    }

    private static void close(AutoCloseable tap) {
        try {
            tap.close();
        } catch (Exception failed) {
            LOG.warn("a tap could not be removed", failed);
        }
    }

    static List<Route> routes(
            AgentServer.Builder builder, Parts parts, RequestBook requests, MetricsApi metrics, EngineFaults faults) {
        List<Route> routes = new ArrayList<>();
        RunsApi runs = new RunsApi(parts, requests);
        routes.addAll(new MetaApi(parts).routes());
        routes.addAll(metrics.routes());
        routes.addAll(new AssistantsApi(parts).routes());
        routes.addAll(new GraphsApi(parts).routes());
        routes.addAll(new ThreadsApi(parts).routes());
        routes.addAll(new StatesApi(parts).routes());
        routes.addAll(runs.routes());
        routes.addAll(new ProtocolApi(parts, runs.starter()).routes());
        routes.addAll(new JoinApi(parts, runs::kwargs).routes());
        routes.addAll(new ChatApi(parts, runs, builder.chatsAwaited).routes());
        routes.addAll(new A2aApi(parts, requests, runs, faults, builder.publicUrl, builder.basePath).routes());
        if (parts.crons() != null) {
            routes.addAll(new CronsApi(parts, parts.crons()).routes());
        }
        if (parts.items() != null) {
            routes.addAll(new StoreApi(parts, parts.items()).routes());
        }
        return routes;
    }

    private static List<Route> inspected(Parts parts, ScheduledExecutorService clock) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new InspectThreads(parts).routes());
        routes.addAll(new InspectThread(parts).routes());
        routes.addAll(new InspectRuns(parts).routes());
        routes.addAll(new InspectActs(parts).routes());
        routes.addAll(new InspectServer(parts).routes());
        routes.addAll(new InspectOperate(parts).routes());
        routes.addAll(new InspectLive(parts, clock).routes());
        return routes;
    }

    private static Checkpointer store(List<Graph> graphs) {
        if (graphs.isEmpty()) {
            throw new IllegalArgumentException("nothing is served: name a graph with graph(…)");
        }
        Set<Checkpointer> stores = graphs.stream()
                .map(graph -> graph.checkpointer()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "a graph that is served needs a checkpointer: build it with .checkpointer(…)")))
                .collect(Collectors.toSet());
        if (stores.size() > 1) {
            throw new IllegalArgumentException("the graphs of a server must have one checkpointer, and these have "
                    + stores.size() + "; open the database once, and give each of them its checkpointer()");
        }
        return stores.iterator().next();
    }

    private static List<Served> served(AgentServer.Builder builder, Checkpointer store) {
        Set<Workflow<?, ?>> renamed = Set.copyOf(builder.named.values());
        List<Served> all = new ArrayList<>();
        for (Graph graph : builder.graphs) {
            for (Workflow<?, ?> workflow : graph.workflows()) {
                if (!renamed.contains(workflow)) {
                    all.add(served(workflow.name(), workflow, graph, store));
                }
            }
        }
        for (Map.Entry<String, Workflow<?, ?>> one : builder.named.entrySet()) {
            Graph graph = builder.graphs.stream()
                    .filter(owner -> owner.workflows().stream()
                            .anyMatch(own -> own.name().equals(one.getValue().name())))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the workflow '" + one.getKey()
                            + "' is of a graph that is not served; name its graph with graph(…), too"));
            all.removeIf(
                    served -> served.workflow().name().equals(one.getValue().name()));
            all.add(served(one.getKey(), one.getValue(), graph, store));
        }
        return all;
    }

    @SuppressWarnings("unchecked") // values come as JSON, and are read as the workflow's own types
    private static Served served(String name, Workflow<?, ?> workflow, Graph graph, Checkpointer store) {
        return new Served(name, (Workflow<Object, Object>) workflow, graph.codec(), store);
    }
}
