package dev.clew.testing;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ToolCall;
import dev.clew.messages.Trajectory;
import dev.clew.messages.Usage;
import dev.clew.model.ToolName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * What a test expects of the way that an agent took.
 *
 * <pre>{@code
 * assertThat(result)
 *     .calledTools(TravelTools.WEATHER, TravelTools.BOOK)
 *     .with(TravelTools.BOOK, args -> "Crete".equals(args.get("to")))
 *     .usesAtMost(2_000);
 * assertThat(result).inAnyOrder().calledTools(TravelTools.BOOK, TravelTools.WEATHER);
 * assertThat(result).atLeast(TravelTools.WEATHER).neverCalled(TravelTools.CANCEL);
 * }</pre>
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class TrajectoryAssert extends AbstractAssert<TrajectoryAssert, Trajectory> {
    private boolean isOrdered = true;

    TrajectoryAssert(Trajectory actual) {
        super(actual, TrajectoryAssert.class);
    }

    /** The next {@link #calledTools} does not look at the order. */
    public TrajectoryAssert inAnyOrder() {
        isOrdered = false;
        return this;
    }

    /** It called these tools, in this order, as often as they are named, and no others. */
    public TrajectoryAssert calledTools(ToolName... tools) {
        return called(names(tools));
    }

    /** {@link #calledTools(ToolName...)} by the names of the tools. */
    public TrajectoryAssert calledTools(String... tools) {
        return called(List.of(tools));
    }

    private TrajectoryAssert called(List<String> expected) {
        List<String> called = called();
        boolean isSame = isOrdered
                ? called.equals(expected)
                : called.stream()
                        .sorted()
                        .toList()
                        .equals(expected.stream().sorted().toList());
        if (!isSame) {
            throw failure(
                    "%nExpecting the tools%n  %s%sto be called, but the calls were%n  %s",
                    expected, isOrdered ? " in this order " : " in any order ", shown());
        }
        isOrdered = true;
        return this;
    }

    /** It called each of these tools at least as often as it is named, in any order; and maybe others. */
    public TrajectoryAssert atLeast(ToolName... tools) {
        List<String> missing = new ArrayList<>(names(tools));
        called().forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw failure("%nExpecting calls of %s, too, but the calls were%n  %s", missing, shown());
        }
        return this;
    }

    /** It called none of these tools. */
    public TrajectoryAssert neverCalled(ToolName... tools) {
        List<String> wrong = called().stream().filter(names(tools)::contains).toList();
        if (!wrong.isEmpty()) {
            throw failure("%nExpecting no call of %s, but the calls were%n  %s", wrong, shown());
        }
        return this;
    }

    /** One of its calls of this tool has arguments that fit. */
    public TrajectoryAssert with(ToolName tool, Predicate<? super Map<String, @Nullable Object>> fits) {
        isNotNull();
        boolean isThere =
                actual.toolCalls().stream().anyMatch(call -> call.name().equals(tool.name()) && fits.test(call.args()));
        if (!isThere) {
            throw failure(
                    "%nExpecting a call of '%s' whose arguments fit, but the calls were%n  %s", tool.name(), shown());
        }
        return this;
    }

    /** Its answers used no more tokens than this, of requests and answers together, as far as they were reported. */
    public TrajectoryAssert usesAtMost(long tokens) {
        isNotNull();
        Usage all = Usage.NONE;
        for (var message : actual.messages()) {
            Usage one = message instanceof AiMessage answer ? answer.usage() : null;
            all = one == null ? all : all.plus(one);
        }
        if (all.total() > tokens) {
            throw failure("%nExpecting at most %s tokens, but %s were used: %s", tokens, all.total(), all);
        }
        return this;
    }

    /** The last text of a model is this. */
    public TrajectoryAssert says(String text) {
        isNotNull();
        String last = actual.lastText().orElse("");
        if (!last.equals(text)) {
            throw failure("%nExpecting the last answer to be%n  %s%nbut it is%n  %s", text, last);
        }
        return this;
    }

    private List<String> called() {
        isNotNull();
        return actual.toolCalls().stream().map(ToolCall::name).toList();
    }

    private List<String> shown() {
        return actual.toolCalls().stream()
                .map(call -> call.name() + call.args())
                .toList();
    }

    private static List<String> names(ToolName... tools) {
        return Stream.of(tools).map(ToolName::name).toList();
    }
}
