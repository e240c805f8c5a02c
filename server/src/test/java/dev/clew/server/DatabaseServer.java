package dev.clew.server;

import dev.clew.server.fixture.Databases;

/** A PostgreSQL server in a process of its own, with an empty database whose address it prints. It ends with the process. */
public final class DatabaseServer {
    private DatabaseServer() {}

    /** Serves until the process is stopped. */
    public static void main(String... args) throws Exception {
        System.out.println(Databases.fresh());
        Thread.currentThread().join();
    }
}
