import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.task.TaskFuture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

class Flow {
    @Entrypoint
    String go(List<String> input, FlowTasks tasks, Run run) {
        HashSet<String> set = new HashSet<>(input);
        for (String each : set) { // CLEW108 set
            tasks.leaf(each).join();
        }
        Map<String, String> map = new HashMap<>();
        for (Map.Entry<String, String> each : map.entrySet()) { // CLEW108 map
            one(each.getValue(), tasks);
        }
        map.forEach((key, value) -> tasks.leaf(key)); // CLEW108 map
        Set.of("a", "b").forEach(tasks::leaf); // CLEW108 Set.of("a", "b")
        List<TaskFuture<String>> futures = set.stream() // CLEW108 set
                .filter(each -> !each.isEmpty())
                .map(tasks::leaf)
                .toList();
        for (String each : input.stream().collect(Collectors.toSet())) { // CLEW108 input.stream().collect(Collectors.toSet())
            run.interrupt(each);
        }
        List<String> copy = new ArrayList<>(set);
        tasks.all(copy).join(); // CLEW108 copy
        return tasks.all(List.copyOf(set)).join(); // CLEW108 set
    }

    private void one(String text, FlowTasks tasks) {
        tasks.leaf(text).join();
    }

    @Task
    String leaf(String text) {
        return text;
    }

    @Task
    String all(List<String> texts) {
        return "";
    }
}
