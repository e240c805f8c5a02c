package dev.clew.spring.boot;

import dev.clew.checkpoint.Checkpointer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health for Spring Boot 4, which moved its types. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(HealthIndicator.class)
class HealthOfBoot4 {
    @Bean
    HealthIndicator clewHealthIndicator(Checkpointer store, SpringGraphs graphs) {
        StorageHealth health = new StorageHealth(store, graphs);
        return new AbstractHealthIndicator("Clew's threads cannot be reached") {
            @Override
            protected void doHealthCheck(Health.Builder builder) {
                builder.up().withDetails(health.look());
            }
        };
    }
}
