package dev.clew.spring.boot;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.spring.ClewProperties;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Counts runs, steps and requests, if the application has Micrometer. */
@AutoConfiguration(
        after = ClewAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnProperty(name = "management.metrics.enable.clew", matchIfMissing = true)
public final class MetricsAutoConfiguration {
    @Bean
    RunMetrics clewRunMetrics(MeterRegistry registry) {
        return new RunMetrics(registry);
    }

    @Bean
    @ConditionalOnBean(Checkpointer.class)
    StoreMetrics clewStoreMetrics(Checkpointer store, ClewProperties properties) {
        return new StoreMetrics(store, properties.queues());
    }
}
