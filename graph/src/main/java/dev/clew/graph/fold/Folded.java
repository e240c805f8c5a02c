package dev.clew.graph.fold;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fold of a superstep gave. */
public sealed interface Folded {
    /**
     * The superstep's updates fit together.
     *
     * @param values the values after it, in the order of the channels
     * @param net what the superstep did to each component, all executions together
     * @param dropped the writes that a replacement of the same component left without effect
     */
    @SuppressWarnings("ArrayRecordComponent") // a hot path; the array is never changed
    record Committed(@Nullable Object[] values, Writes net, List<Dropped> dropped) implements Folded {
        public Committed {
            dropped = List.copyOf(dropped);
        }
    }

    /**
     * The superstep's updates do not fit together; nothing is changed.
     *
     * @param clashes why, a clash for each component; at least one
     */
    record Failed(List<Clash> clashes) implements Folded {
        public Failed {
            clashes = List.copyOf(clashes);
        }
    }

    /**
     * Writes without effect, because another execution replaced the component.
     *
     * @param component the component
     * @param writers the executions whose writes were dropped
     * @param replacedBy the execution that replaced it
     */
    record Dropped(String component, List<String> writers, String replacedBy) {
        public Dropped {
            writers = List.copyOf(writers);
        }
    }

    /**
     * Why a superstep cannot be folded.
     *
     * @param components the components in question
     * @param writers the executions that wrote them, in planned order
     * @param problem what is wrong, as a sentence without its end
     * @param cause what a reducer or the state's constructor threw, or null
     */
    record Clash(
            List<String> components,
            List<String> writers,
            String problem,
            @Nullable Throwable cause) {
        public Clash {
            components = List.copyOf(components);
            writers = List.copyOf(writers);
        }

        /** The problem, after the components in question. */
        public String text() {
            return components.stream().map(name -> "'" + name + "'").collect(joining(", "))
                    + (components.size() == 1 ? " is " : " are ")
                    + problem;
        }
    }
}
