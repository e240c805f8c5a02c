package dev.clew.spring.boot;

import com.zaxxer.hikari.HikariDataSource;
import dev.clew.value.IllegalRequestException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.util.ClassUtils;

/** Refuses a pool that would have no connection left for the application: its first query would wait for one for ever. */
final class PoolSize {
    private PoolSize() {}

    static void requireRoomFor(int connections, DataSource source) {
        if (!ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", PoolSize.class.getClassLoader())) {
            return;
        }
        int most = Hikari.most(source);
        if (most <= connections) {
            throw new IllegalRequestException("Clew keeps " + connections
                    + " connections of the DataSource, whose pool has "
                    + most + ", so none is left for the application; raise spring.datasource.hikari.maximum-pool-size"
                    + " (say, to " + (10 + connections) + "), or lower clew.postgres.connections, to 2 at least");
        }
    }

    /** Apart, so that its class is only loaded where the pool's is there. */
    private static final class Hikari {
        static int most(DataSource source) {
            try {
                return source.isWrapperFor(HikariDataSource.class)
                        ? source.unwrap(HikariDataSource.class).getMaximumPoolSize()
                        : Integer.MAX_VALUE;
            } catch (SQLException unknown) {
                return Integer.MAX_VALUE; // another kind of source
            }
        }
    }
}
