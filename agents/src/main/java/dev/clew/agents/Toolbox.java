package dev.clew.agents;

import dev.clew.graph.topology.Nearest;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.model.ToolSpec;
import dev.clew.tools.AgentTool;
import dev.clew.tools.BoundTool;
import dev.clew.tools.ToolRef;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import java.util.Collection;
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

    /** The same call as its tool knows it: with its present name, and arguments of its types. Its arguments have no problem. */
    ToolCall present(ToolCall call) {
        BoundTool tool = find(call.name());
        return tool == null ? call : named(call, tool.tool().name()).withArgs(tool.normal(call.args()));
    }

    /** The same messages, in which calls of tools that were renamed have their present names. */
    List<Message> present(List<Message> messages) {
        return former.isEmpty()
                ? messages
                : messages.stream()
                        .map(message -> message instanceof AiMessage answer ? present(answer) : message)
                        .toList();
    }

    /** The same counts, in which tools that were renamed have their present names. */
    Map<String, Integer> present(Map<String, Integer> counts) {
        Map<String, Integer> present = new LinkedHashMap<>();
        counts.forEach((name, count) -> present.merge(former.getOrDefault(name, name), count, Integer::sum));
        return present;
    }

    private Message present(AiMessage answer) {
        return answer.withToolCalls(answer.toolCalls().stream()
                .map(call -> {
                    BoundTool tool = find(call.name());
                    return tool == null ? call : named(call, tool.tool().name());
                })
                .toList());
    }

    @SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
    private static ToolCall named(ToolCall call, String name) {
        return new ToolCall(call.id(), name, call.args(), call.extras());
    }

    /** The arguments of a call in JSON. */
    String json(ToolCall call) {
        BoundTool tool = find(call.name());
        return tool == null ? call.args().toString() : tool.json(call.args());
    }

    /** All of them. */
    List<AgentTool> all() {
        return byName.values().stream().map(BoundTool::tool).toList();
    }

    /** All of them, with their schemas. */
    Collection<BoundTool> bound() {
        return byName.values();
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
        return "'" + name + "' is not a tool; the tools are " + byName.keySet();
    }

    /**
     * Requires that a rule is about a tool of the agent.
     *
     * @throws IllegalRequestException if there is none of the name; it has the nearest name, or that which the tool has now
     */
    void require(ToolRef ref) {
        if (byName.containsKey(ref.name())) {
            return;
        }
        String present = former.get(ref.name());
        if (present != null) {
            throw new IllegalRequestException("a middleware is about the tool '" + ref.name()
                    + "', which was renamed to '" + present + "'; name that, which holds for calls of both names");
        }
        if (!ref.isOptional()) {
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
