import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;

/** In the default package. */
class Unnamed {
    record Value(String text) {}

    @Task
    Value make(String text) {
        return new Value(text);
    }

    @Entrypoint
    Value go(String text, UnnamedTasks tasks) {
        return tasks.make(text).join();
    }

    @SuppressWarnings("try")
    static void main(String[] arguments) {
        Value direct = UnnamedTasks.direct(new Unnamed()).make("x").join();
        try (UnnamedGraph graph = UnnamedGraph.builder(new Unnamed()).build()) {
            graph.go();
        }
    }
}
