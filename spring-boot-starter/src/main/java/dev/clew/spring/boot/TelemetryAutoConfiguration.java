package dev.clew.spring.boot;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.opentelemetry.ClewTelemetry;
import dev.clew.spring.ClewProperties;
import dev.clew.spring.ClewProperties.WorkerProperties;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Tells the application's OpenTelemetry what runs do, if clew-opentelemetry is there. Without one, nothing is told. */
@AutoConfiguration(after = ClewAutoConfiguration.class)
@ConditionalOnClass({ClewTelemetry.class, OpenTelemetry.class})
public final class TelemetryAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    ClewTelemetry clewTelemetry(ObjectProvider<OpenTelemetry> telemetry) {
        return ClewTelemetry.of(telemetry.getIfUnique(OpenTelemetry::noop));
    }

    @Bean
    @ConditionalOnBean(Checkpointer.class)
    ClewTelemetry.Observed clewObservedStore(ClewTelemetry telemetry, Checkpointer store, ClewProperties properties) {
        return telemetry.observe(
                store, properties.queues().stream().map(WorkerProperties::queue).toArray(String[]::new));
    }
}
