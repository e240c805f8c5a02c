import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class Flow {
    private static int total;
    private final List<String> seen = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final int[] counts = new int[1];
    private String last;

    @Entrypoint
    String go(String input, FlowTasks tasks) {
        last = input; // CLEW109 last
        this.last = input; // CLEW109 this.last
        total++; // CLEW109 total
        Flow.total += 2; // CLEW109 Flow.total
        counts[0] = 1; // CLEW109 counts
        seen.add(input); // CLEW109 seen
        return note(input);
    }

    private String note(String text) {
        calls.incrementAndGet(); // CLEW109 calls
        Runnable later = () -> last = text; // CLEW109 last
        return text;
    }

    @Task
    String scope(Run run) {
        return note("");
    }
}
