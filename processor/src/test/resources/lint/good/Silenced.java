// file: Flow
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import java.time.Instant;

/** Silenced where it is meant: on a variable, on a method, on a class; by one word or in a list. */
class Flow {
    @Entrypoint
    String variable(String input, FlowTasks tasks) {
        @SuppressWarnings("clew-clock")
        Instant now = Instant.now();
        return String.valueOf(now);
    }

    @Entrypoint
    @SuppressWarnings({"unused", "clew-clock", "clew-uuid"})
    String method(String input) {
        return Instant.now() + java.util.UUID.randomUUID().toString();
    }

    Object local() {
        @SuppressWarnings("clew-local")
        class Local {
            @Task
            String read(String path) {
                return path;
            }
        }
        return new Local();
    }

    @SuppressWarnings("clew-field")
    static class Inner {
        private int count;

        @Entrypoint
        int go(Run run) {
            return ++count;
        }
    }
}
