/** Workflows over HTTP, as LangGraph's clients speak it. */
module dev.clew.server {
    requires transitive dev.clew.runtime;
    requires transitive jakarta.servlet;
    requires dev.clew.graph;
    requires dev.clew.schedules;
    requires dev.clew.messages;
    requires org.eclipse.jetty.ee10.servlet;
    requires org.eclipse.jetty.server;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.clew.server;
    exports dev.clew.server.auth;
    exports dev.clew.server.spi;
}
