package dev.clew.spring.boot;

import dev.clew.Graph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.spring.ClewGraphs;
import dev.clew.spring.ClewProperties;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Stores threads where the application's properties say, builds its graphs, and gives them its life cycle. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@EnableConfigurationProperties(ClewProperties.class)
@Import({MemoryStorage.class, PostgresStorage.class, SqliteStorage.class})
public final class ClewAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(ClewGraphs.class)
    SpringGraphs clewGraphs(
            ClewProperties properties,
            BeanFactory beans,
            ObjectProvider<Checkpointer> checkpointers,
            Environment environment) {
        Versions.require();
        return new SpringGraphs(
                properties,
                beans,
                () -> checkpointers.getIfAvailable(() -> {
                    throw MissingStorage.refusal(environment);
                }));
    }

    @Bean
    GraphsLifecycle clewGraphsLifecycle(SpringGraphs graphs) {
        return new GraphsLifecycle(graphs);
    }

    /** A graph that nobody calls takes work all the same. */
    @Bean
    static LazyInitializationExcludeFilter clewGraphsAreNotLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(Graph.class, GraphsLifecycle.class);
    }
}
