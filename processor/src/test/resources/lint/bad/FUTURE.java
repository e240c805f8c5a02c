import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.task.TaskFuture;
import java.util.ArrayList;
import java.util.List;

class Flow {
    private final List<TaskFuture<String>> all = new ArrayList<>();
    private TaskFuture<String> last;

    @Entrypoint
    Object go(String input, FlowTasks tasks) {
        last = tasks.leaf(input); // CLEW111 last
        all.add(tasks.leaf(input)); // CLEW111 all
        if (input.isEmpty()) {
            return List.of(tasks.leaf(input)); // CLEW111 List.of(tasks.leaf(input))
        }
        return tasks.leaf(input); // CLEW111 tasks.leaf(input)
    }

    @Task
    String leaf(String text) {
        return text;
    }
}
