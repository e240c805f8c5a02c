package dev.clew.spring.boot;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.spring.ClewProperties;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Health and an endpoint, if the application has the actuator. */
@AutoConfiguration(after = ClewAutoConfiguration.class)
@ConditionalOnClass(Endpoint.class)
@ConditionalOnBean({Checkpointer.class, SpringGraphs.class})
public final class ActuatorAutoConfiguration {
    @Bean
    ClewEndpoint clewEndpoint(SpringGraphs graphs, ClewProperties properties) {
        return new ClewEndpoint(graphs, properties.queues());
    }

    /** The indicator of whichever Boot is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "management.health.clew.enabled", matchIfMissing = true)
    @Import({HealthOfBoot3.class, HealthOfBoot4.class})
    static class Health {}
}
