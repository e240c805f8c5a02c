package dev.clew.mcp;

import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.agents.Verdict;
import dev.clew.annotations.Effect;
import dev.clew.messages.ToolCall;
import dev.clew.task.RetryPolicy;
import dev.clew.tools.AgentTool;
import dev.clew.value.IllegalRequestException;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a server of the Model Context Protocol as tools of an agent. Each call is a step: recorded once, executed at least
 * once. What a server says of its tools is data from a stranger, so a person is asked before each call, unless the tool is
 * allowed here.
 *
 * <pre>{@code
 * Agent.builder("desk", model).middleware(McpTools.of(client).allow("read_*").deny("delete_*"))
 * }</pre>
 *
 * <p>A tool is named {@code SERVER__TOOL}. The list of tools is read when the agent is built; one that changes later is used when
 * the agent is built again. A server's question or request for a model while it executes a tool ({@code elicitation}, {@code
 * sampling}) is what the client's handlers make of it: it does not interrupt the run.
 *
 * <p>If a server dies in the middle of a call, the call may have been executed. It fails then; {@link #retry} executes it again,
 * and so does {@code Command.proceed()}. Where that must not be, say {@link #once}. The request has the step's id as {@code
 * clew/stepId} in its {@code _meta}, which is the same on each attempt, so that a server can tell a repeated request. Given a {@code Supplier} of clients, a new one is made for
 * the next call.
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class McpTools implements Middleware {
    private static final int LONGEST = 64;

    private final McpConnection connection;
    private final Options options;

    /** What was said beside the server. */
    private record Options(
            @Nullable String server,
            List<String> only,
            List<String> allowed,
            List<String> denied,
            List<RetryPolicy> retry,
            Duration timeout,
            List<String> once) {
        static final Options NONE =
                new Options(null, List.of("*"), List.of(), List.of(), List.of(), Duration.ofMinutes(2), List.of());
    }

    private McpTools(McpConnection connection, Options options) {
        this.connection = connection;
        this.options = options;
    }

    /** Returns the tools of a server, by a client that the caller closes. It is initialized if it is not yet. */
    public static McpTools of(McpSyncClient client) {
        return new McpTools(new McpConnection(client, () -> client), Options.NONE);
    }

    /**
     * Returns the tools of a server to which clients are made as they are needed: the first when the agent is built, another one
     * when a call failed because its client or server was gone. That one is closed then; the last is open as long as the process.
     */
    public static McpTools of(Supplier<McpSyncClient> connect) {
        return new McpTools(new McpConnection(null, connect), Options.NONE);
    }

    /** Returns the same tools, whose names begin with this in place of the name that the server gives itself. */
    public McpTools named(String server) {
        Options o = options;
        return with(new Options(server, o.only, o.allowed, o.denied, o.retry, o.timeout, o.once));
    }

    /** Returns those of the same tools whose names fit a pattern, by the server's own names; {@code *} stands for anything. */
    public McpTools only(String... patterns) {
        Options o = options;
        return with(new Options(o.server, List.of(patterns), o.allowed, o.denied, o.retry, o.timeout, o.once));
    }

    /** Returns the same tools, of which those that fit a pattern are executed without asking. */
    public McpTools allow(String... patterns) {
        Options o = options;
        return with(new Options(o.server, o.only, joined(o.allowed, patterns), o.denied, o.retry, o.timeout, o.once));
    }

    /** Returns the same tools, of which those that fit a pattern are never executed. */
    public McpTools deny(String... patterns) {
        Options o = options;
        return with(new Options(o.server, o.only, o.allowed, joined(o.denied, patterns), o.retry, o.timeout, o.once));
    }

    /** Returns the same tools, whose failed calls are executed again. Not at all by default: a call may have been executed. */
    public McpTools retry(RetryPolicy policy) {
        Options o = options;
        List<RetryPolicy> all =
                Stream.concat(o.retry.stream(), Stream.of(policy)).toList();
        return with(new Options(o.server, o.only, o.allowed, o.denied, all, o.timeout, o.once));
    }

    /** Returns the same tools with a limit for one attempt of a call; two minutes by default. The client has one, too. */
    public McpTools timeout(Duration limit) {
        Options o = options;
        return with(new Options(o.server, o.only, o.allowed, o.denied, o.retry, limit, o.once));
    }

    /**
     * Returns the same tools, of which those that fit a pattern are {@code ONCE}: if a call may have been executed, and its
     * answer did not come, it is not told to the model as failed. The run asks {@code ToolRef.outcome}, and the call is executed
     * again only after a person's word.
     *
     * <pre>{@code
     * McpTools.of(client).once("create_*", "pay")
     * }</pre>
     */
    public McpTools once(String... patterns) {
        Options o = options;
        return with(new Options(o.server, o.only, o.allowed, o.denied, o.retry, o.timeout, joined(o.once, patterns)));
    }

    private McpTools with(Options other) {
        return new McpTools(connection, other);
    }

    private static List<String> joined(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    /** {@code McpTools.SERVER}: there may be one for each server. */
    @Override
    public String name() {
        return "McpTools." + server();
    }

    private String server() {
        String named = options.server();
        return clean(named == null ? connection.serverName() : named);
    }

    private static String clean(String name) {
        return name.replaceAll("[^a-zA-Z0-9_-]", "_");
    }

    @Override
    public void install(Hooks hooks) {
        String server = server();
        Map<String, String> names = new HashMap<>();
        for (McpSchema.Tool each : connection.tools()) {
            if (fits(options.only(), each.name())) {
                AgentTool tool = tool(server + "__" + clean(each.name()), each);
                hooks.tools(tool);
                names.put(tool.name(), each.name());
            }
        }
        requireKnown(server, Set.copyOf(names.values()));
        hooks.gate((call, state, context) -> judged(call, server, names.get(call.name())));
    }

    /** A rule without a pattern that no tool has would stay without effect. */
    private void requireKnown(String server, Set<String> known) {
        List<String> rules = new ArrayList<>(options.allowed());
        rules.addAll(options.denied());
        rules.addAll(options.once());
        for (String rule : rules) {
            if (!rule.contains("*") && !known.contains(rule)) {
                throw new IllegalRequestException("a rule is about the tool '" + rule + "', which the server '"
                        + server + "' does not have; it has "
                        + known.stream().sorted().toList());
            }
        }
    }

    private Verdict judged(ToolCall call, String server, @Nullable String tool) {
        if (tool == null) {
            return Verdict.allow();
        }
        if (fits(options.denied(), tool)) {
            return Verdict.deny("not executed: '" + call.name() + "' is not permitted here");
        }
        return fits(options.allowed(), tool)
                ? Verdict.allow()
                : Verdict.ask("Execute '" + tool + "' of the server '" + server + "'?");
    }

    private AgentTool tool(String name, McpSchema.Tool tool) {
        if (name.length() > LONGEST) {
            throw new IllegalRequestException("the tool '" + name + "' has a name of more than " + LONGEST
                    + " characters; give its server a shorter one with named(…), or leave it out with only(…)");
        }
        String description = tool.description() == null || tool.description().isBlank()
                ? "The tool '" + tool.name() + "'."
                : tool.description();
        Map<String, Object> schema = tool.inputSchema() == null ? Map.of("type", "object") : tool.inputSchema();
        AgentTool made = AgentTool.of(
                        name,
                        description,
                        schema,
                        (arguments, context) -> connection.call(tool.name(), arguments, context.effectId()))
                .timeout(options.timeout());
        for (RetryPolicy policy : options.retry()) {
            made = made.retry(policy);
        }
        return fits(options.once(), tool.name()) ? made.effect(Effect.ONCE) : made;
    }

    private static boolean fits(List<String> patterns, String name) {
        List<String> parts = new ArrayList<>();
        for (String pattern : patterns) {
            parts.add(Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        }
        return parts.stream().anyMatch(name::matches);
    }
}
