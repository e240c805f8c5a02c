package dev.clew.spring.boot;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.spring.ClewProperties;
import dev.clew.spring.ClewProperties.Place;
import dev.clew.spring.NoCheckpointerException;
import dev.clew.sqlite.Sqlite;
import dev.clew.store.Store;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps threads in an SQLite file. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Sqlite.class)
@ConditionalOnMissingBean(Checkpointer.class)
@ConditionalOnPlace(Place.SQLITE)
class SqliteStorage {
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Sqlite clewSqlite(ClewProperties properties) {
        Path file = properties.sqlite().file();
        if (file == null) {
            throw new NoCheckpointerException(
                    "clew.checkpointer is sqlite, and nothing says where; set clew.sqlite.file to a file on a local disk");
        }
        return Sqlite.open(file);
    }

    @Bean
    Checkpointer clewCheckpointer(Sqlite file) {
        return file.checkpointer();
    }

    @Bean
    @ConditionalOnMissingBean
    TaskCache clewTaskCache(Sqlite file) {
        return file.cache();
    }

    @Bean
    @ConditionalOnMissingBean
    Store clewStore(Sqlite file) {
        return file.store();
    }
}
