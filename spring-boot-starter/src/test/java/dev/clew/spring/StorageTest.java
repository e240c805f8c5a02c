package dev.clew.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener;
import dev.clew.opentelemetry.ClewTelemetry;
import dev.clew.postgres.Postgres;
import dev.clew.queue.Worker;
import dev.clew.server.AgentServlet;
import dev.clew.spring.boot.ClewAutoConfiguration;
import dev.clew.spring.boot.TelemetryAutoConfiguration;
import dev.clew.spring.shop.Bank;
import dev.clew.spring.shop.BillingFlow;
import dev.clew.spring.shop.BillingFlowGraph;
import dev.clew.spring.shop.Order;
import dev.clew.spring.shop.Prices;
import dev.clew.sqlite.Sqlite;
import dev.clew.store.Store;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Where threads are stored, and the life of graphs. */
class StorageTest {
    @TempDir
    private Path folder;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ClewAutoConfiguration.class))
            .withUserConfiguration(Billing.class);

    @Configuration(proxyBeanMethods = false)
    @Import({BillingFlow.class, Bank.class, Prices.class})
    static class Billing {
        @Bean
        BillingFlowGraph billing(ClewGraphs graphs, BillingFlow flow) {
            return graphs.build(BillingFlowGraph.builder(flow));
        }

        @Bean
        Heard heard() {
            return new Heard();
        }
    }

    static final class Heard implements RunListener {
        final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void runCompleted(RunInfo run) {
            events.add(run.threadId());
        }
    }

    private static String bill(BillingFlowGraph graph, String order) throws Exception {
        return graph.bill().invoke(new Order(order, 1), RunConfig.once(order)).value();
    }

    @Test
    void keepsThreadsInMemory() {
        application.withPropertyValues("clew.checkpointer=memory").run(context -> {
            assertThat(context).hasSingleBean(Checkpointer.class).hasSingleBean(Store.class);
            assertThat(context).hasSingleBean(TaskCache.class).doesNotHaveBean(Postgres.class);
            assertThat(bill(context.getBean(BillingFlowGraph.class), "a")).isEqualTo("receipt-a");
            assertThat(context.getBean(Heard.class).events).containsExactly("a");
        });
    }

    @Test
    void keepsThreadsInAFileAndContinuesWhatWasEnqueuedBefore() {
        Path file = folder.resolve("shop.db");
        application
                .withPropertyValues("clew.sqlite.file=" + file, "clew.workers=")
                .run(context -> {
                    var unused = context.getBean(BillingFlowGraph.class)
                            .bill()
                            .enqueue(new Order("b", 1), RunConfig.once("b"));
                    assertThat(context).hasSingleBean(Sqlite.class);
                });
        assertThat(Files.exists(file)).isTrue();

        application
                .withPropertyValues("clew.sqlite.file=" + file)
                .run(context -> assertThat(context.getBean(BillingFlowGraph.class)
                                .bill()
                                .handle("b", "b")
                                .result()
                                .value())
                        .isEqualTo("receipt-b"));
    }

    @Test
    void takesAFileWhoseNameHasNoFolder() {
        application
                .withPropertyValues("clew.checkpointer=memory", "clew.sqlite.file=no-folder.db")
                .run(context -> assertThat(
                                context.getBean(ClewProperties.class).sqlite().file())
                        .isEqualTo(Path.of("no-folder.db")));
    }

    @Test
    void takesNoWorkBeforeTheApplicationHasStartedAndClosesItsGraphsWhenItStops() {
        BillingFlowGraph[] seen = new BillingFlowGraph[1];
        application.withPropertyValues("clew.checkpointer=memory").run(context -> {
            seen[0] = context.getBean(BillingFlowGraph.class);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> seen[0].work(Worker.of("default"))))
                    .as("it works on the default queue")
                    .isInstanceOf(RequestRefusedException.class);
        });

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> bill(seen[0], "c")))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void saysWhatIsMissingWhereNothingSaysWhereThreadsAreStored() {
        refuses("clew.unrelated=1", "clew.checkpointer", "memory");
        refuses("clew.checkpointer=sqlite", "clew.sqlite.file");
        refuses("clew.checkpointer=postgres", "no DataSource");
    }

    private void refuses(String property, String... says) {
        application
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(NoCheckpointerException.class)
                        .message()
                        .contains(says));
    }

    @Test
    void worksWithoutTheModulesThatItCanUse() {
        application
                .withClassLoader(new FilteredClassLoader(
                        Postgres.class, AgentServlet.class, org.postgresql.Driver.class, HikariDataSource.class))
                .withPropertyValues("clew.sqlite.file=" + folder.resolve("alone.db"))
                .run(context -> assertThat(bill(context.getBean(BillingFlowGraph.class), "d"))
                        .isEqualTo("receipt-d"));
        application
                .withClassLoader(new FilteredClassLoader(Postgres.class, Sqlite.class))
                .withPropertyValues("clew.checkpointer=memory")
                .run(context -> assertThat(bill(context.getBean(BillingFlowGraph.class), "e"))
                        .isEqualTo("receipt-e"));
        application
                .withClassLoader(new FilteredClassLoader(Postgres.class))
                .withPropertyValues("clew.checkpointer=postgres")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("dev.clew:clew-postgres is not on the class path"));
    }

    @Test
    void refusesAPoolThatWouldHaveNoConnectionLeft() {
        HikariDataSource pool = new HikariDataSource();
        pool.setMaximumPoolSize(5);
        application
                .withBean(DataSource.class, () -> pool)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("whose pool has 5")
                        .hasMessageContaining("spring.datasource.hikari.maximum-pool-size"));
    }

    @Test
    void graphsTellTheApplicationsOpenTelemetryWhatRunsDo() {
        List<String> tracers = new CopyOnWriteArrayList<>();
        OpenTelemetry telemetry = new OpenTelemetry() {
            @Override
            public TracerProvider getTracerProvider() {
                return new TracerProvider() {
                    @Override
                    public Tracer get(String name) {
                        tracers.add(name);
                        return TracerProvider.noop().get(name);
                    }

                    @Override
                    public Tracer get(String name, String version) {
                        return get(name);
                    }
                };
            }

            @Override
            public ContextPropagators getPropagators() {
                return ContextPropagators.noop();
            }
        };
        application
                .withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class))
                .withBean(OpenTelemetry.class, () -> telemetry)
                .withPropertyValues("clew.checkpointer=memory")
                .run(context -> {
                    assertThat(context).hasSingleBean(ClewTelemetry.class);
                    assertThat(bill(context.getBean(BillingFlowGraph.class), "f"))
                            .isEqualTo("receipt-f");
                    assertThat(tracers).contains("dev.clew");
                });
    }

    @Test
    void anApplicationWithoutGraphsNeedsNoPlace() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ClewAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
