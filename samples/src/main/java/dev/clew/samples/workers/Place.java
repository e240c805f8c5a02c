package dev.clew.samples.workers;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.postgres.Postgres;
import dev.clew.postgres.PostgresOptions;
import dev.clew.sqlite.Sqlite;
import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;

/** Where processes share their jobs: a file, or a PostgreSQL server. */
record Place(Checkpointer checkpointer, Runnable closing) implements AutoCloseable {
    /** Opens what a text names: a URL of JDBC, with user and password if they are needed, or else a file. */
    static Place open(String text) {
        if (text.startsWith("jdbc:")) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(text);
            Postgres db = Postgres.of(source, PostgresOptions.defaults());
            return new Place(db.checkpointer(), db::close);
        }
        Sqlite db = Sqlite.open(Path.of(text));
        return new Place(db.checkpointer(), db::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
