package dev.clew.processor.read;

import com.palantir.javapoet.ClassName;

/** Every type of the graph module that generated code mentions, by name: the processor does not depend on what runs graphs. */
public final class GraphNames {
    public static final ClassName CHANGES = ClassName.get("dev.clew.graph", "Changes");
    public static final ClassName COMPONENT = ClassName.get("dev.clew.graph", "Component");
    public static final ClassName ROUTED_UPDATE = ClassName.get("dev.clew.graph", "RoutedUpdate");
    public static final ClassName STATE_SPEC = ClassName.get("dev.clew.graph", "StateSpec");
    public static final ClassName STATE_UPDATE = ClassName.get("dev.clew.graph", "StateUpdate");

    private GraphNames() {}
}
