package dev.clew.tools;

import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.interrupt.InterruptKey;
import dev.clew.model.ToolName;
import dev.clew.value.TypeRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a tool of an agent, where one is configured. Generated code has a constant for each tool: {@code TravelTools.BOOK}. A
 * name that no tool of the agent has is refused when the agent is built, so that a misspelt rule does not stay without effect.
 *
 * <pre>{@code
 * HumanInTheLoop.on(TravelTools.BOOK, ToolRef.of("search__delete").optional())
 * }</pre>
 *
 * @param name the name by which the model calls it
 * @param isOptional whether the agent may be without such a tool
 */
public record ToolRef(String name, boolean isOptional) implements ToolName {
    private static final TypeRef<Resolution<@Nullable Object>> ANY = new TypeRef<Resolution<@Nullable Object>>() {};

    /** Checks that there is a name. */
    public ToolRef {
        Objects.requireNonNull(name, "name");
    }

    /** Returns the reference to the tool of this name. */
    public static ToolRef of(String name) {
        return new ToolRef(name, false);
    }

    /** Returns the same reference to a tool that need not be there, such as one that only run time knows. */
    public ToolRef optional() {
        return new ToolRef(name, true);
    }

    /**
     * Returns what asks for the outcome of a call of a tool that only run time knows, if its effect must not happen twice. For a
     * method, generated code has it with the type of its result: {@code TravelTools.BOOK_OUTCOME}.
     *
     * <pre>{@code
     * for (var question : pause.all(ToolRef.of("bank__pay").outcome())) answers.add(question.answer(Resolution.runAgain()));
     * }</pre>
     */
    public InterruptKey<UnknownOutcome, Resolution<@Nullable Object>> outcome() {
        return InterruptKey.of(name + ".outcome", TypeRef.of(UnknownOutcome.class), ANY);
    }

    @Override
    public String toString() {
        return name;
    }
}
