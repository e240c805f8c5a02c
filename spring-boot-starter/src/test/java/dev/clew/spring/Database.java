package dev.clew.spring;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The PostgreSQL that the tests of this JVM share, or the one that {@code CLEW_POSTGRES_URL} names. */
final class Database {
    static final String URL = url();

    private Database() {}

    private static String url() {
        String given = System.getenv("CLEW_POSTGRES_URL");
        if (given != null) {
            return given;
        }
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
            return server.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
