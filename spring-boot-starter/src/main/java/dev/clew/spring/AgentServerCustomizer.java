package dev.clew.spring;

import dev.clew.server.AgentServer;

/**
 * Changes how the application's graphs are served. Beans of this type are asked in their order, after the properties.
 *
 * <pre>{@code
 * @Bean
 * AgentServerCustomizer owners() {
 *   return server -> server.authorizer((who, operation, value) -> Decision.only("owner", who.identity()));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface AgentServerCustomizer {
    /** Sets options of the server's builder. */
    void customize(AgentServer.Builder server);
}
