package dev.clew.tools;

import dev.clew.annotations.Effect;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.graph.GraphSpec;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskCall;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.RetryPolicy;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tool that an agent's model may call. Methods with {@code @Tool} are made into such tools by the annotation processor; these
 * factories make tools that only run time knows. Immutable; options return a changed copy.
 *
 * <pre>{@code
 * record Query(@Describe("what to look for") String text) {}
 *
 * AgentTool search = AgentTool.of("search", "Searches the web.", Query.class, (query, context) -> web.find(query.text()))
 *     .retry(3)
 *     .timeout(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p>Each call is a step, recorded once and executed at least once, unless it is {@link #effect ONCE}. A leaf ({@link #of}) may do anything. A scope ({@link #scope})
 * is run again from its first line after a pause or crash: it asks, waits, and calls tasks and workflows. A client's tool ({@link
 * #client}) is executed by whoever answers the question that it asks.
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class AgentTool {
    /** A longer text would fill the model's window by itself. */
    static final int LONGEST_TEXT = 50_000;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    /** What executes a tool. */
    public enum Kind {
        /** Code that makes no durable calls. */
        LEAF,
        /** Code that makes durable calls. */
        SCOPE,
        /** The program that answers the run's questions, such as a browser. */
        CLIENT
    }

    /** The code of a tool, from checked arguments on. */
    interface Code {
        /**
         * Runs it.
         *
         * @param input changes what a graph gets
         */
        @Nullable
        Object run(@Nullable Object arguments, TaskCall call, UnaryOperator<Object> input) throws Throwable;
    }

    private final String name;
    private final String description;
    private final ToolForm form;
    private final Kind kind;
    private final Code code;
    private final ToolOptions options;
    private final @Nullable GraphSpec<?, ?, ?> graph;

    AgentTool(String name, String description, ToolForm form, Kind kind, Code code, ToolOptions options) {
        this(name, description, form, kind, code, options, null);
    }

    private AgentTool(
            String name,
            String description,
            ToolForm form,
            Kind kind,
            Code code,
            ToolOptions options,
            @Nullable GraphSpec<?, ?, ?> graph) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalRequestException(
                    "'" + name + "' is not a valid tool name: write 1 to 64 letters of ASCII, digits, _ and -");
        }
        if (description.isBlank()) {
            throw new IllegalRequestException("the tool '" + name + "' has no description; say what it does");
        }
        this.name = name;
        this.description = description;
        this.form = form;
        this.kind = kind;
        this.code = code;
        this.options = options;
        this.graph = graph;
    }

    /** Returns a leaf whose arguments are a record. */
    public static <A> AgentTool of(
            String name, String description, Class<A> arguments, ToolCode<? super A, ? super TaskContext> code) {
        return of(name, description, TypeRef.of(arguments), code);
    }

    /** {@link #of(String, String, Class, ToolCode)} for a type with type arguments. */
    public static <A> AgentTool of(
            String name, String description, TypeRef<A> arguments, ToolCode<? super A, ? super TaskContext> code) {
        return leaf(name, description, new ToolForm.Typed(arguments), code);
    }

    /** Returns a leaf whose arguments are plain data that fits a JSON schema of an object. */
    public static AgentTool of(
            String name,
            String description,
            Map<String, ? extends @Nullable Object> schema,
            ToolCode<? super Map<String, @Nullable Object>, ? super TaskContext> code) {
        return leaf(name, description, ToolForm.Plain.of(schema), code);
    }

    /** Returns a scope whose arguments are a record: its code between durable calls must be deterministic. */
    public static <A> AgentTool scope(
            String name, String description, Class<A> arguments, ToolCode<? super A, ? super Run> code) {
        return scope(name, description, new ToolForm.Typed(TypeRef.of(arguments)), code);
    }

    /** Returns a scope whose arguments are plain data that fits a JSON schema of an object. */
    public static AgentTool scope(
            String name,
            String description,
            Map<String, ? extends @Nullable Object> schema,
            ToolCode<? super Map<String, @Nullable Object>, ? super Run> code) {
        return scope(name, description, ToolForm.Plain.of(schema), code);
    }

    /**
     * Returns a tool that the caller of the run executes, such as a browser: the run is interrupted by a question, whose answer
     * is the result.
     */
    public static AgentTool client(String name, String description, Map<String, ? extends @Nullable Object> schema) {
        Code none = (arguments, call, input) -> {
            throw new IllegalStateException("a client's tool has no code here");
        };
        return new AgentTool(name, description, ToolForm.Plain.of(schema), Kind.CLIENT, none, ToolOptions.NONE);
    }

    /**
     * Returns a tool that is a graph: each call runs it as a child of the call, from its start. Its questions are the run's.
     *
     * <pre>{@code
     * AgentTool.graph("research", "Finds facts.", Topic.class, ResearchGraph.spec(research), Topic::text, ToolResult::of)
     * }</pre>
     *
     * @param input makes the graph's input of the arguments; a pure function
     * @param result makes what the model reads of what the graph gave; a pure function
     */
    public static <A, I, O> AgentTool graph(
            String name,
            String description,
            Class<A> arguments,
            GraphSpec<I, O, ?> graph,
            Function<? super A, ? extends I> input,
            Function<? super O, ? extends ToolResult<?>> result) {
        return graph(name, description, new ToolForm.Typed(TypeRef.of(arguments)), graph, input, result);
    }

    /** {@link #graph(String, String, Class, GraphSpec, Function, Function)} for arguments by a JSON schema of an object. */
    public static <I, O> AgentTool graph(
            String name,
            String description,
            Map<String, ? extends @Nullable Object> schema,
            GraphSpec<I, O, ?> graph,
            Function<? super Map<String, @Nullable Object>, ? extends I> input,
            Function<? super O, ? extends ToolResult<?>> result) {
        return graph(name, description, ToolForm.Plain.of(schema), graph, input, result);
    }

    @SuppressWarnings("unchecked") // the form reads what the function takes
    private static <A, I, O> AgentTool graph(
            String name,
            String description,
            ToolForm form,
            GraphSpec<I, O, ?> graph,
            Function<? super A, ? extends I> input,
            Function<? super O, ? extends ToolResult<?>> result) {
        WorkflowSpec<I, O> workflow = graph.workflow();
        Code body = (arguments, call, changed) -> result.apply(call.scope()
                .child(workflow, changed.apply(input.apply((A) arguments)))
                .join());
        return new AgentTool(name, description, form, Kind.SCOPE, body, ToolOptions.NONE, graph);
    }

    @SuppressWarnings("unchecked") // the form reads what the code takes
    private static <A> AgentTool leaf(
            String name, String description, ToolForm form, ToolCode<? super A, ? super TaskContext> code) {
        Code body = (arguments, call, input) -> code.run((A) arguments, call.taskContext());
        return new AgentTool(name, description, form, Kind.LEAF, body, ToolOptions.NONE);
    }

    @SuppressWarnings("unchecked") // the form reads what the code takes
    private static <A> AgentTool scope(
            String name, String description, ToolForm form, ToolCode<? super A, ? super Run> code) {
        Code body = (arguments, call, input) -> code.run((A) arguments, call.run());
        return new AgentTool(name, description, form, Kind.SCOPE, body, ToolOptions.NONE);
    }

    /** Begins a tool that is a method. For generated code. */
    public static MethodTool method(String name, String description) {
        return new MethodTool(name, description);
    }

    AgentTool with(ToolOptions other) {
        return new AgentTool(name, description, form, kind, code, other, graph);
    }

    /** Returns the same tool, which had these names before: recorded calls of them are its calls. */
    public AgentTool formerly(String... names) {
        return with(options.withFormerly(List.of(names)));
    }

    /** Returns the same tool, whose failed calls are executed again, up to this number of attempts in all. */
    public AgentTool retry(int maxAttempts) {
        return retry(RetryPolicy.builder().maxAttempts(maxAttempts).build());
    }

    /** Returns the same tool, whose failed calls are executed again; of several policies the first that matches decides. */
    public AgentTool retry(RetryPolicy policy) {
        return with(options.plusRetry(policy));
    }

    /** Returns the same tool with a limit for one attempt. */
    public AgentTool timeout(Duration limit) {
        return with(options.withTimeout(limit));
    }

    /** Returns the same tool with a limit for how long an attempt may go without a sign of progress. */
    public AgentTool idleTimeout(Duration limit) {
        return with(options.withIdleTimeout(limit));
    }

    /**
     * Returns the same tool, with whose result the agent ends, if all calls of a turn are of such tools and none of them failed.
     */
    public AgentTool returnDirect() {
        return with(options.returningDirectly());
    }

    /** Returns the same tool, whose calls run alone: after those that the model made before, and before those after. */
    public AgentTool exclusive() {
        return with(options.exclusive());
    }

    /**
     * Returns the same tool with what may be done about a call whose outcome is unknown.
     *
     * <p>The code of an {@link Effect#ONCE} tool is begun again only after a person's word: if an attempt throws, times out or
     * dies with its process, the run asks {@link ToolRef#outcome}, and neither the model nor {@code ToolErrors} sees a
     * failure. A method with {@code @Tool} may also name what asks the outside world.
     *
     * @throws IllegalRequestException if the tool is not a leaf, but is to be {@code ONCE}
     */
    public AgentTool effect(Effect effect) {
        return effect == Effect.ONCE ? once(ToolEffect.asking(ref().outcome())) : with(options.withEffect(null));
    }

    private AgentTool once(ToolEffect effect) {
        if (kind != Kind.LEAF) {
            throw new IllegalRequestException("the tool '" + name + "' cannot be ONCE: "
                    + (kind == Kind.CLIENT
                            ? "its caller executes it"
                            : "a scope runs again in each replay; do what acts in a ONCE task that it calls"));
        }
        return with(options.withEffect(effect));
    }

    /** Returns the same tool, of whose text the model reads so many characters, and a note of how much was cut; 50,000 by default. */
    public AgentTool longestText(int characters) {
        if (characters < 1) {
            throw new IllegalRequestException("the longest text of the tool '" + name + "' is at least 1 character");
        }
        return with(options.withLongestText(characters));
    }

    /** Returns the name by which the model calls it. */
    public String name() {
        return name;
    }

    /** Returns what the model is told of it. */
    public String description() {
        return description;
    }

    /** Returns the graph that its calls run; null if it is none. */
    public @Nullable GraphSpec<?, ?, ?> graph() {
        return graph;
    }

    /** Returns what names it in the configuration of an agent. */
    public ToolRef ref() {
        return ToolRef.of(name);
    }

    /** Returns what executes it. */
    public Kind kind() {
        return kind;
    }

    /** Whether the agent may end with its result. */
    public boolean isReturnDirect() {
        return options.isReturnDirect();
    }

    /** Whether its calls run alone. */
    public boolean isExclusive() {
        return options.isExclusive();
    }

    /** Returns the names that it had before. */
    public List<String> formerly() {
        return options.formerly();
    }

    /** Returns what asks for the outcome of a call that may have acted; null if its effect may happen twice. */
    public @Nullable InterruptKey<UnknownOutcome, ? extends Resolution<?>> outcome() {
        ToolEffect effect = options.effect();
        return effect == null ? null : effect.key();
    }

    ToolForm form() {
        return form;
    }

    Code code() {
        return code;
    }

    ToolOptions options() {
        return options;
    }

    @Override
    public String toString() {
        return "AgentTool[" + name + "]";
    }
}
