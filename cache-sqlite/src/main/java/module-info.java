/** Checkpointer, task cache and store in one SQLite file. */
module dev.clew.sqlite {
    exports dev.clew.sqlite;

    requires transitive dev.clew.runtime;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static transitive org.jspecify;
}
