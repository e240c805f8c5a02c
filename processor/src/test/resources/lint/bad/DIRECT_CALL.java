import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import java.util.List;

class Flow {
    @Entrypoint
    String go(List<String> input, FlowTasks tasks) {
        String first = leaf("x"); // CLEW110 leaf
        String second = this.leaf("y"); // CLEW110 this.leaf
        List<String> all = input.stream().map(this::leaf).toList(); // CLEW110 this::leaf
        return other(first, tasks); // CLEW110 other
    }

    @Entrypoint
    String other(String input, FlowTasks tasks) {
        return helper(input);
    }

    private String helper(String text) {
        return new Flow().leaf(text); // CLEW110 new Flow().leaf
    }

    @Task
    String leaf(String text) {
        return text;
    }
}
