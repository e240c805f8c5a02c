package dev.clew.agents;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a {@link Gate} says of a call. Of several gates, one that denies beats those that ask, and these beat those that allow. If several
 * ask, a person may decide as all of them allow; if they have no decision in common, the call is denied.
 *
 * <pre>{@code
 * return isCheap(call) ? Verdict.allow() : Verdict.ask("This costs money.");
 * }</pre>
 */
public sealed interface Verdict {
    /** Returns the verdict that the call may be executed, as far as this gate is concerned. */
    static Verdict allow() {
        return new Allow();
    }

    /** Returns the verdict that the call is not executed; the model reads the text. */
    static Verdict deny(String text) {
        return new Deny(text);
    }

    /** Returns the verdict that a person is asked first, who reads the description and may decide anything. */
    static Verdict ask(String description) {
        return new Ask(description, EnumSet.allOf(Decision.Kind.class));
    }

    /** Returns the verdict that a person is asked first, who may decide in these ways only. */
    static Verdict ask(String description, Set<Decision.Kind> allowed) {
        return new Ask(description, allowed);
    }

    /** The call may be executed. */
    record Allow() implements Verdict {}

    /**
     * The call is not executed.
     *
     * @param text what the model reads
     */
    record Deny(String text) implements Verdict {
        /** Checks that there is a text. */
        public Deny {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A person is asked first.
     *
     * @param description what the person reads; may be empty
     * @param allowed the decisions that are taken
     */
    record Ask(String description, Set<Decision.Kind> allowed) implements Verdict {
        /** Copies the decisions. */
        public Ask {
            Objects.requireNonNull(description, "description");
            allowed = Set.copyOf(allowed);
        }
    }
}
