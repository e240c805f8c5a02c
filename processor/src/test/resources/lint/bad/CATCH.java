import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;

class Flow {
    @Entrypoint
    String go(String input, FlowTasks tasks, Run run) {
        try {
            run.interrupt("sure?");
        } catch (Throwable failure) { // CLEW112 Throwable
            input = "no";
        }
        try {
            return ask(run);
        } catch (IllegalStateException | Error failure) { // CLEW112 IllegalStateException | Error
            input = failure.getMessage();
        }
        try {
            run.interrupt("really?");
        } catch (Error failure) { // CLEW112 Error
            input = "no";
        } catch (Throwable failure) {
            input = "failed";
        }
        try {
            return tasks.leaf(input).join();
        } catch (Exception failure) {
            return "";
        } catch (Error failure) { // CLEW112 Error
            return "";
        }
    }

    private String ask(Run run) {
        return String.valueOf(run.interrupt("really?"));
    }

    @Task
    String leaf(String text) {
        return text;
    }
}
