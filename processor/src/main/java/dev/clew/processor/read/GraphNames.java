package dev.clew.processor.read;

import com.palantir.javapoet.ClassName;

/** Every type of the graph module that generated code mentions, by name: the processor does not depend on what runs graphs. */
public final class GraphNames {
    public static final ClassName AGENT = ClassName.get("dev.clew.agents", "Agent");
    public static final ClassName AGENT_INPUT = ClassName.get("dev.clew.agents", "AgentInput");
    public static final ClassName CHANGES = ClassName.get("dev.clew.graph", "Changes");
    public static final ClassName COMPONENT = ClassName.get("dev.clew.graph", "Component");
    public static final ClassName COMPILED_GRAPH = ClassName.get("dev.clew.graph", "CompiledGraph");
    public static final ClassName EDGES = ClassName.get("dev.clew.graph", "Edges");
    public static final ClassName FAILURE = ClassName.get("dev.clew.task", "Failure");
    public static final ClassName GRAPH_SPEC = ClassName.get("dev.clew.graph", "GraphSpec");
    public static final ClassName NODE_REF = ClassName.get("dev.clew.flow", "NodeRef");
    public static final ClassName ROUTE_SPEC = ClassName.get("dev.clew.graph", "RouteSpec");
    public static final ClassName ROUTED_UPDATE = ClassName.get("dev.clew.graph", "RoutedUpdate");
    public static final ClassName STATE_SPEC = ClassName.get("dev.clew.graph", "StateSpec");
    public static final ClassName STATE_UPDATE = ClassName.get("dev.clew.graph", "StateUpdate");
    public static final ClassName SUPERSTEP = ClassName.get("dev.clew.graph", "Superstep");
    public static final ClassName UPDATE_OUTCOMES = ClassName.get("dev.clew.graph", "UpdateOutcomes");

    private GraphNames() {}
}
