/** Workflows of a server, as a program in Java calls them. */
module dev.clew.client {
    requires transitive dev.clew.runtime;
    requires dev.clew.messages;
    requires transitive java.net.http;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.clew.client;
}
