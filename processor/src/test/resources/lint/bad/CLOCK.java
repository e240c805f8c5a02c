import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Node;
import dev.clew.annotations.OnError;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.function.Supplier;

class Flow {
    private final Clock clock = Clock.systemUTC();

    @Entrypoint
    String go(String input, FlowTasks tasks, Run run) {
        long millis = System.currentTimeMillis(); // CLEW101 System.currentTimeMillis
        long nanos = System.nanoTime(); // CLEW101 System.nanoTime
        Instant instant = Instant.now(); // CLEW101 Instant.now
        LocalDate date = LocalDate.now(ZoneId.of("UTC")); // CLEW101 LocalDate.now
        ZonedDateTime time = ZonedDateTime.now(clock); // CLEW101 ZonedDateTime.now
        Instant asked = clock.instant(); // CLEW101 clock.instant
        long made = Clock.systemUTC().millis(); // CLEW101 Clock.systemUTC
        Date old = new Date(); // CLEW101 new Date()
        Calendar older = Calendar.getInstance(); // CLEW101 Calendar.getInstance
        Supplier<Instant> later = Instant::now; // CLEW101 Instant::now
        return stamp(input);
    }

    private String stamp(String text) {
        return text + Instant.now(); // CLEW101 Instant.now
    }

    @Task
    String scope(Run run) {
        return stamp(String.valueOf(System.currentTimeMillis())); // CLEW101 System.currentTimeMillis
    }
}

@State
record Doc(String topic) {}

abstract class Lends {
    @Node(after = Node.START)
    void lent(Run run) {
        Instant now = Instant.now(); // CLEW101 Instant.now
    }
}

@StateGraph(Doc.class)
class Nodes extends Lends {
    @Node(after = "lent")
    void leaf(String topic) {
        Instant now = Instant.now();
    }

    @Node(after = "leaf")
    void scope(NodesTasks tasks) {
        Instant now = Instant.now(); // CLEW101 Instant.now
        stamp();
    }

    @OnError("leaf")
    void failed(Run run) {
        stamp();
    }

    private String stamp() {
        return "" + Instant.now(); // CLEW101 Instant.now
    }

    @Task
    void leafTask() {}
}
