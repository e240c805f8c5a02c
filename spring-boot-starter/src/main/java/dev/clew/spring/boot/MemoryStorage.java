package dev.clew.spring.boot;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.spring.ClewProperties.Place;
import dev.clew.store.Store;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps threads in memory. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Checkpointer.class)
@ConditionalOnPlace(Place.MEMORY)
class MemoryStorage {
    @Bean
    Checkpointer clewCheckpointer() {
        return Checkpointer.inMemory();
    }

    @Bean
    @ConditionalOnMissingBean
    TaskCache clewTaskCache() {
        return TaskCache.inMemory();
    }

    @Bean
    @ConditionalOnMissingBean
    Store clewStore() {
        return Store.inMemory();
    }
}
