package dev.clew.agents;

import dev.clew.graph.topology.Nearest;
import dev.clew.model.ToolSpec;
import dev.clew.tools.AgentTool;
import dev.clew.tools.BoundTool;
import dev.clew.tools.ToolRef;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools of an agent by their names, in the order of their registration. Immutable. */
final class Toolbox {
    private final Map<String, BoundTool> byName;
    private final Map<String, String> former = new LinkedHashMap<>();

    private Toolbox(Map<String, BoundTool> byName) {
        this.byName = byName;
        byName.values()
                .forEach(each -> each.tool()
                        .formerly()
                        .forEach(name -> former.putIfAbsent(name, each.tool().name())));
    }

    /**
     * The tools with their schemas.
     *
     * @throws IllegalRequestException if two have one name
     */
    static Toolbox of(List<AgentTool> tools, Codec codec) {
        Map<String, BoundTool> byName = new LinkedHashMap<>();
        for (AgentTool tool : tools) {
            if (byName.put(tool.name(), BoundTool.of(tool, codec)) != null) {
                throw new IllegalRequestException(
                        "two tools are named '" + tool.name() + "'; the model could not tell them apart: rename one");
            }
        }
        return new Toolbox(Collections.unmodifiableMap(byName));
    }

    /** The tool of a name, or that had it; null if there is none. */
    @Nullable
    BoundTool find(String name) {
        return byName.get(byName.containsKey(name) ? name : former.getOrDefault(name, name));
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** What the model is told of them. */
    List<ToolSpec> specs() {
        return byName.values().stream().<ToolSpec>map(BoundTool::spec).toList();
    }

    /** What the model reads if it calls a tool that is not there. */
    String unknown(String name) {
        return "'" + name + "' is no tool; the tools are " + byName.keySet();
    }

    /**
     * Requires that a rule is about a tool of the agent.
     *
     * @throws IllegalRequestException if there is none of the name; it has the nearest name
     */
    void require(ToolRef ref) {
        if (!ref.isOptional() && find(ref.name()) == null) {
            throw new IllegalRequestException("a middleware is about the tool '" + ref.name()
                    + "', which the agent does not have" + didYouMean(ref.name())
                    + "; a tool that only run time knows is ToolRef.of(\"" + ref.name() + "\").optional()");
        }
    }

    private String didYouMean(String name) {
        return Nearest.of(name, byName.keySet())
                .map(near -> " (did you mean '" + near + "'?)")
                .orElse(" (it has " + byName.keySet() + ")");
    }
}
