/** JUnit tests that interrupt, crash and resume workflows. */
module dev.clew.testing {
    requires transitive dev.clew.runtime;
    requires dev.clew.sqlite;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;
    requires static transitive org.jspecify;

    exports dev.clew.testing;
}
