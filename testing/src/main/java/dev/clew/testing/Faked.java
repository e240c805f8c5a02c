package dev.clew.testing;

import dev.clew.flow.NodeRef;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepKind;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which attempts a script is for. */
sealed interface Faked {
    /** What messages call it. */
    String label();

    /** Whether calls of a task may be meant. */
    boolean is(TaskSpec<?> task);

    /** Whether this call is meant. */
    boolean takes(TaskSpec<?> task, TaskCall call);

    /**
     * Calls of a task.
     *
     * @param task the task
     * @param arguments what it is called with; null stands for any
     */
    record Task(TaskSpec<?> task, List<@Nullable Object> arguments) implements Faked {
        @Override
        public String label() {
            return "task '" + task.name() + "'";
        }

        @Override
        public boolean is(TaskSpec<?> other) {
            return task.name().equals(other.name())
                    && task.declaringClass().equals(other.declaringClass())
                    && task.signature().equals(other.signature());
        }

        @Override
        public boolean takes(TaskSpec<?> other, TaskCall call) {
            for (int i = 0; i < arguments.size(); i++) {
                if (arguments.get(i) != null && !Objects.deepEquals(arguments.get(i), call.arg(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Executions of a node, wherever its graph stands.
     *
     * @param ref the node
     */
    record Node(NodeRef ref) implements Faked {
        private static final Pattern SEGMENT = Pattern.compile("node:([^/#]+)#\\d+");

        @Override
        public String label() {
            return "node '" + ref.id() + "'";
        }

        /** Of a node with a handler the scope around the two is left alone: then what is scripted fails into the handler. */
        @Override
        public boolean is(TaskSpec<?> task) {
            String name = ref.id().substring(ref.id().lastIndexOf('/') + 1);
            boolean isItself = task.signature().equals(name) || task.signature().startsWith(name + "(");
            return task.kind() == StepKind.NODE && task.name().equals(name) && isItself;
        }

        /** The path of a step names the nodes around it; a node with a handler is a step in a step of its name. */
        @Override
        public boolean takes(TaskSpec<?> task, TaskCall call) {
            String step =
                    task.isScope() ? call.run().stepId() : call.taskContext().stepId();
            String nodes = SEGMENT.matcher(step)
                    .results()
                    .map((MatchResult segment) -> segment.group(1))
                    .collect(Collectors.joining("/"));
            return nodes.equals(ref.id()) || nodes.equals(ref.id() + "/" + task.name());
        }
    }
}
