package dev.clew.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.flow.RunConfig;
import dev.clew.schedule.Missed;
import dev.clew.schedule.Overlap;
import dev.clew.schedule.ScheduleState;
import dev.clew.spring.boot.ClewAutoConfiguration;
import dev.clew.spring.shop.Bank;
import dev.clew.spring.shop.BillingFlow;
import dev.clew.spring.shop.BillingFlowGraph;
import dev.clew.spring.shop.Order;
import dev.clew.spring.shop.Prices;
import dev.clew.store.Namespace;
import dev.clew.store.Store;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.TaskDecorator;

/** Options of the builder, and schedules, that are declared as properties or beans. */
class DeclaredTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ClewAutoConfiguration.class))
            .withUserConfiguration(Billing.class)
            .withPropertyValues("clew.checkpointer=memory");

    @Configuration(proxyBeanMethods = false)
    @Import({BillingFlow.class, Bank.class, Prices.class})
    static class Billing {
        @Bean
        BillingFlowGraph billing(ClewGraphs graphs, BillingFlow flow) {
            return graphs.build(BillingFlowGraph.builder(flow));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Decorated {
        final AtomicInteger decorated = new AtomicInteger();

        @Bean
        AtomicInteger decorated() {
            return decorated;
        }

        @Bean
        TaskDecorator decorator() {
            return task -> {
                decorated.incrementAndGet();
                return task;
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Memory {
        @Bean
        Store memories() {
            return Store.inMemory();
        }
    }

    @Test
    void aDeclaredScheduleIsStoredAndItsRunsGetItsInput() {
        application
                .withPropertyValues(
                        "clew.schedules.nightly.workflow=BillingFlow.bill",
                        "clew.schedules.nightly.cron=0 3 * * *",
                        "clew.schedules.nightly.zone=Europe/Berlin",
                        "clew.schedules.nightly.input={\"id\": \"o-1\", \"pieces\": 2}",
                        "clew.schedules.nightly.overlap=enqueue",
                        "clew.schedules.nightly.missed=skip",
                        "clew.schedules.pulse.workflow=BillingFlow.bill",
                        "clew.schedules.pulse.every=1h",
                        "clew.schedules.pulse.thread=pulse",
                        "clew.schedules.pulse.input={\"id\": \"o-2\", \"pieces\": 1}")
                .run(context -> {
                    var graph = context.getBean(BillingFlowGraph.class);
                    ScheduleState nightly = graph.schedule("nightly").state().orElseThrow();

                    assertThat(nightly.ticks()).contains("0 3 * * *", "Europe/Berlin");
                    assertThat(nightly.options().overlap()).isEqualTo(Overlap.ENQUEUE);
                    assertThat(nightly.options().missed()).isEqualTo(Missed.SKIP);
                    assertThat(graph.schedule("pulse").state().orElseThrow().threadId())
                            .isEqualTo("pulse");
                    var fired = graph.schedule("nightly").fire(Instant.now()).orElseThrow();
                    assertThat(graph.bill()
                                    .handle(fired.requestId(), fired.threadId())
                                    .result()
                                    .value())
                            .isEqualTo("receipt-o-1");
                });
    }

    @Test
    void aScheduleThatIsWrongIsRefusedAtTheStartWithTheProperty() {
        refuses("clew.schedules.x.workflow", "clew.schedules.x.workflow=Billing", "clew.schedules.x.every=1h");
        refuses("[BillingFlow.bill]", "clew.schedules.x.every=1h");
        refuses("clew.schedules.x.cron", "clew.schedules.x.workflow=BillingFlow.bill");
        refuses(
                "clew.schedules.x.input",
                "clew.schedules.x.workflow=BillingFlow.bill",
                "clew.schedules.x.every=1h",
                "clew.schedules.x.input=o-1");
    }

    private void refuses(String named, String... properties) {
        application
                .withPropertyValues(properties)
                .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(named));
    }

    @Test
    void whatTheStoreHasOfASubjectIsErasedWhereThePropertySays() {
        application
                .withUserConfiguration(Memory.class)
                .withPropertyValues("clew.subject-namespaces=accounts/{subject},mail/{subject}/drafts")
                .run(context -> {
                    Store store = context.getBean(Store.class);
                    Namespace gone = Namespace.of("accounts", "ann");
                    Namespace kept = Namespace.of("accounts", "ben");
                    store.put(gone, "k", new Order("o-1", 1));
                    store.put(kept, "k", new Order("o-2", 1));

                    context.getBean(BillingFlowGraph.class).erase("ann");

                    assertThat(store.get(gone, "k", Order.class)).isEmpty();
                    assertThat(store.get(kept, "k", Order.class)).isPresent();
                });
        refuses("{subject}", "clew.subject-namespaces=accounts");
    }

    @Test
    void everyOptionThatIsAValueIsAPropertyAndATaskDecoratorIsABean() {
        application
                .withUserConfiguration(Decorated.class)
                .withPropertyValues(
                        "clew.park-after=5s",
                        "clew.stream-stall=10s",
                        "clew.on-non-determinism=warn",
                        "clew.stack-traces=false",
                        "clew.keep-arguments=false",
                        "clew.max-concurrency=7",
                        "clew.deployment=blue")
                .run(context -> {
                    assertThat(context.getBean(BillingFlowGraph.class)
                                    .bill()
                                    .invoke(new Order("o-7", 1), RunConfig.once("o-7"))
                                    .value())
                            .isEqualTo("receipt-o-7");
                    assertThat(context.getBean(AtomicInteger.class)).hasPositiveValue();
                });
    }
}
