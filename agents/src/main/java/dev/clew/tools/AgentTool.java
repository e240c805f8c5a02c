package dev.clew.tools;

import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.messages.PlainData;
import dev.clew.spi.TaskCall;
import dev.clew.task.RetryPolicy;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
 * <p>Each call is a step, recorded once and executed at least once. A leaf ({@link #of}) may do anything. A scope ({@link #scope})
 * is run again from its first line after a pause or crash: it asks, waits, and calls tasks and workflows. A client's tool ({@link
 * #client}) is executed by whoever answers the question that it asks.
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class AgentTool {
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
        @Nullable
        Object run(@Nullable Object arguments, TaskCall call) throws Throwable;
    }

    /** What is said of a tool beside its code. */
    record Options(
            List<String> formerly,
            List<RetryPolicy> retry,
            @Nullable Duration timeout,
            @Nullable Duration idleTimeout,
            boolean isReturnDirect,
            boolean isExclusive) {
        static final Options NONE = new Options(List.of(), List.of(), null, null, false, false);
    }

    private final String name;
    private final String description;
    private final ToolForm form;
    private final Kind kind;
    private final Code code;
    private final Options options;

    AgentTool(String name, String description, ToolForm form, Kind kind, Code code, Options options) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalRequestException(
                    "'" + name + "' is no name of a tool: write 1 to 64 letters of ASCII, digits, _ and -");
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
        return leaf(name, description, new ToolForm.Plain(PlainData.copyOf(schema)), code);
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
        return scope(name, description, new ToolForm.Plain(PlainData.copyOf(schema)), code);
    }

    /**
     * Returns a tool that the caller of the run executes, such as a browser: the run is interrupted by a question, whose answer
     * is the result.
     */
    public static AgentTool client(String name, String description, Map<String, ? extends @Nullable Object> schema) {
        Code none = (arguments, call) -> {
            throw new IllegalStateException("a client's tool has no code here");
        };
        return new AgentTool(
                name, description, new ToolForm.Plain(PlainData.copyOf(schema)), Kind.CLIENT, none, Options.NONE);
    }

    @SuppressWarnings("unchecked") // the form reads what the code takes
    private static <A> AgentTool leaf(
            String name, String description, ToolForm form, ToolCode<? super A, ? super TaskContext> code) {
        Code body = (arguments, call) -> code.run((A) arguments, call.taskContext());
        return new AgentTool(name, description, form, Kind.LEAF, body, Options.NONE);
    }

    @SuppressWarnings("unchecked") // the form reads what the code takes
    private static <A> AgentTool scope(
            String name, String description, ToolForm form, ToolCode<? super A, ? super Run> code) {
        Code body = (arguments, call) -> code.run((A) arguments, call.run());
        return new AgentTool(name, description, form, Kind.SCOPE, body, Options.NONE);
    }

    /** Begins a tool that is a method. For generated code. */
    public static MethodTool method(String name, String description) {
        return new MethodTool(name, description);
    }

    AgentTool with(Options other) {
        return new AgentTool(name, description, form, kind, code, other);
    }

    /** Returns the same tool, which had these names before: recorded calls of them are its calls. */
    public AgentTool formerly(String... names) {
        Options o = options;
        return with(new Options(List.of(names), o.retry, o.timeout, o.idleTimeout, o.isReturnDirect, o.isExclusive));
    }

    /** Returns the same tool, whose failed calls are executed again, up to this number of attempts in all. */
    public AgentTool retry(int maxAttempts) {
        return retry(RetryPolicy.builder().maxAttempts(maxAttempts).build());
    }

    /** Returns the same tool, whose failed calls are executed again; of several policies the first that matches decides. */
    public AgentTool retry(RetryPolicy policy) {
        Options o = options;
        List<RetryPolicy> all =
                Stream.concat(o.retry.stream(), Stream.of(policy)).toList();
        return with(new Options(o.formerly, all, o.timeout, o.idleTimeout, o.isReturnDirect, o.isExclusive));
    }

    /** Returns the same tool with a limit for one attempt. */
    public AgentTool timeout(Duration limit) {
        Options o = options;
        return with(new Options(o.formerly, o.retry, limit, o.idleTimeout, o.isReturnDirect, o.isExclusive));
    }

    /** Returns the same tool with a limit for how long an attempt may go without a sign of progress. */
    public AgentTool idleTimeout(Duration limit) {
        Options o = options;
        return with(new Options(o.formerly, o.retry, o.timeout, limit, o.isReturnDirect, o.isExclusive));
    }

    /**
     * Returns the same tool, with whose result the agent ends, if all calls of a turn are of such tools and none of them failed.
     */
    public AgentTool returnDirect() {
        Options o = options;
        return with(new Options(o.formerly, o.retry, o.timeout, o.idleTimeout, true, o.isExclusive));
    }

    /** Returns the same tool, whose calls run alone: after those that the model made before, and before those after. */
    public AgentTool exclusive() {
        Options o = options;
        return with(new Options(o.formerly, o.retry, o.timeout, o.idleTimeout, o.isReturnDirect, true));
    }

    /** Returns the name by which the model calls it. */
    public String name() {
        return name;
    }

    /** Returns what the model is told of it. */
    public String description() {
        return description;
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

    ToolForm form() {
        return form;
    }

    Code code() {
        return code;
    }

    Options options() {
        return options;
    }

    @Override
    public String toString() {
        return "AgentTool[" + name + "]";
    }
}
