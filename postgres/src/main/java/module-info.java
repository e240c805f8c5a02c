/** Checkpointer in a PostgreSQL database. */
@SuppressWarnings("requires-automatic") // pgjdbc names its module, but does not declare it
module dev.clew.postgres {
    exports dev.clew.postgres;

    requires transitive dev.clew.runtime;
    requires transitive java.sql;
    requires org.postgresql.jdbc;
    requires static org.checkerframework.checker.qual;
    requires org.slf4j;
    requires static transitive org.jspecify;
}
