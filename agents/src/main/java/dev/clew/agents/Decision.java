package dev.clew.agents;

import dev.clew.messages.PlainData;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person decides about a call of a tool. In JSON as LangChain's: {@code {"type": "approve"}}, {@code {"type": "edit",
 * "edited_action": {"name": "book", "args": {…}}}}, {@code {"type": "reject", "message": "…"}}, {@code {"type": "respond",
 * "message": "…"}}.
 *
 * <pre>{@code
 * travel.invoke(question.answer(Decision.reject("Too expensive.")), thread);
 * }</pre>
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public sealed interface Decision {
    /** Returns the decision to execute the call as it is. */
    static Decision approve() {
        return new Approve();
    }

    /** Returns the decision to execute the call with these arguments. */
    static Decision edit(String name, Map<String, ? extends @Nullable Object> args) {
        return new Edit(name, PlainData.copyOf(args));
    }

    /** Returns the decision not to execute the call, and to tell the model this; an empty text tells it no reason. */
    static Decision reject(String message) {
        return new Reject(message);
    }

    /** Returns the decision to give this as the call's result, without executing it. */
    static Decision respond(String message) {
        return new Respond(message);
    }

    /** What kind of decision it is, as its JSON has it. */
    Kind kind();

    /** A kind of decision. */
    enum Kind {
        /** Execute it. */
        APPROVE,
        /** Execute it with other arguments. */
        EDIT,
        /** Do not execute it. */
        REJECT,
        /** Take an answer in place of its result. */
        RESPOND
    }

    /** The call is executed as it is. */
    record Approve() implements Decision {
        @Override
        public Kind kind() {
            return Kind.APPROVE;
        }
    }

    /**
     * The call is executed with other arguments.
     *
     * @param name the tool; it is the same
     * @param args the arguments
     */
    record Edit(String name, Map<String, @Nullable Object> args) implements Decision {
        /** Copies the arguments. */
        public Edit {
            Objects.requireNonNull(name, "name");
            args = PlainData.copyOf(args);
        }

        @Override
        public Kind kind() {
            return Kind.EDIT;
        }
    }

    /**
     * The call is not executed.
     *
     * @param message why, for the model; may be empty
     */
    record Reject(String message) implements Decision {
        /** Checks that there is a text. */
        public Reject {
            Objects.requireNonNull(message, "message");
        }

        @Override
        public Kind kind() {
            return Kind.REJECT;
        }
    }

    /**
     * The call is not executed, and this is its result.
     *
     * @param message the result
     */
    record Respond(String message) implements Decision {
        /** Checks that there is a text. */
        public Respond {
            Objects.requireNonNull(message, "message");
        }

        @Override
        public Kind kind() {
            return Kind.RESPOND;
        }
    }
}
