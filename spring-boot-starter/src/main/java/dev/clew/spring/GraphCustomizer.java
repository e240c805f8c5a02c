package dev.clew.spring;

import dev.clew.GraphBuilder;

/**
 * Changes how graphs are built. Beans of this type are asked for each graph, in their order, after the properties.
 *
 * <pre>{@code
 * @Bean
 * GraphCustomizer tenants(Tenants tenants) {
 *   return builder -> builder.context(Tenant.class, attributes -> tenants.find(attributes.get("tenant", String.class)));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface GraphCustomizer {
    /** Sets options of a graph's builder. */
    void customize(GraphBuilder<?> builder);
}
