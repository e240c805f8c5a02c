/** JUnit tests that interrupt, crash and resume workflows. */
module dev.clew.testing {
    requires dev.clew.sqlite;
    requires org.junit.platform.commons;
    requires transitive dev.clew.runtime;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;

    exports dev.clew.testing;
    exports dev.clew.testing.evaluate;
}
