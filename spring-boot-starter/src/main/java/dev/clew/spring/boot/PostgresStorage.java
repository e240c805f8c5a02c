package dev.clew.spring.boot;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.postgres.Postgres;
import dev.clew.postgres.PostgresOptions;
import dev.clew.spring.ClewProperties;
import dev.clew.spring.ClewProperties.Place;
import dev.clew.spring.ClewProperties.PostgresProperties;
import dev.clew.spring.Outbox;
import dev.clew.store.Store;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Keeps threads in the database of the application's {@code DataSource}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Postgres.class)
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnMissingBean(Checkpointer.class)
@ConditionalOnPlace(Place.POSTGRES)
class PostgresStorage {
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Postgres clewPostgres(ClewProperties properties, DataSource source) {
        PostgresProperties said = properties.postgres();
        PoolSize.requireRoomFor(said.connections(), source);
        PostgresOptions options =
                PostgresOptions.defaults().schema(said.schema()).connections(said.connections());
        options = said.migrate() ? options : options.withoutMigration();
        return Postgres.of(source, said.pollOnly() ? options.pollOnly() : options);
    }

    @Bean
    Checkpointer clewCheckpointer(Postgres database) {
        return database.checkpointer();
    }

    @Bean
    @ConditionalOnMissingBean
    TaskCache clewTaskCache(Postgres database) {
        return database.cache();
    }

    @Bean
    @ConditionalOnMissingBean
    Store clewStore(Postgres database) {
        return database.store();
    }

    /** Where the application has Spring's transactions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DataSourceUtils.class)
    static class Transactions {
        @Bean
        @ConditionalOnMissingBean
        Outbox clewOutbox(Postgres database, DataSource source) {
            return new TransactionalOutbox(database, source);
        }
    }
}
