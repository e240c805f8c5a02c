package dev.clew.spring.boot;

import dev.clew.checkpoint.Checkpointer;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health for Spring Boot 3. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(HealthIndicator.class)
class HealthOfBoot3 {
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
