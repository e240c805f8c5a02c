package dev.clew.testing;

/** Where the threads of a test are stored. */
public enum Storage {
    /** In the memory of the test: fast, and as durable as a file where a lab crashes. */
    MEMORY,
    /** In a SQLite file in a folder of its own, which is deleted after the test. */
    SQLITE
}
