// file: Flow
import dev.clew.annotations.Context;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.TaskFuture;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What looks like a mistake in a body and is none: the lint says nothing about any of it. */
class Flow extends Base {
    enum Mood {
        CALM
    }

    record Point(int x) {}

    static class Sum {
        int value;

        void add(int number) {
            value += number;
        }
    }

    static final InterruptKey<String, String> KEY = InterruptKey.of("key", String.class, String.class);

    private final Random seeded = new Random(42);
    private final Clock clock = Clock.systemUTC();
    private final Map<String, String> known = new HashMap<>();
    private int written;

    Flow() {
        written = 1;
    }

    @Entrypoint
    String times(Instant given, FlowTasks tasks, Run run) {
        Instant now = run.now();
        LocalDate date = LocalDate.ofInstant(given, ZoneOffset.UTC);
        java.util.Date old = new java.util.Date(given.toEpochMilli());
        Clock fixed = Clock.fixed(run.now(), ZoneOffset.UTC);
        run.sleep(Duration.ofSeconds(1));
        long millis = TimeUnit.SECONDS.toMillis(1);
        return LocalDate.now(fixed).toString() + fixed.instant() + Date.valueOf(date) + old + now + millis;
    }

    @Entrypoint
    int chance(List<String> input, FlowTasks tasks, Run run) {
        Collections.shuffle(input, run.random());
        Random random = run.random();
        UUID id = run.randomUuid();
        UUID same = UUID.nameUUIDFromBytes(new byte[] {1});
        return random.nextInt() + new Random(7).nextInt() + draw(random) + id.hashCode() + same.hashCode();
    }

    private int draw(Random random) {
        return random.nextInt(10);
    }

    @Entrypoint
    String paths(String input, @Context Appendable log, Run run) throws IOException {
        log.append(input);
        System.out.println(Thread.currentThread().getName());
        return new File(input).getName() + Path.of(input).getFileName() + input.lines().parallel().count();
    }

    @Entrypoint
    String leaves(String input, FlowTasks tasks, Run run) {
        String own = run.task("time", String.class, () -> Instant.now() + compose(input) + (written++)).join();
        return own + tasks.compose(input).join();
    }

    @Entrypoint
    int orders(List<String> input, FlowTasks tasks, Run run) {
        Set<String> seen = new HashSet<>(input);
        int length = 0;
        for (String each : seen) {
            length += each.length();
        }
        for (String each : new TreeSet<>(seen)) {
            tasks.compose(each).join();
        }
        for (String each : new LinkedHashSet<>(input)) {
            tasks.compose(each).join();
        }
        seen.stream().sorted().map(tasks::compose).toList();
        List<String> sorted = new ArrayList<>(seen);
        Collections.sort(sorted);
        sorted.forEach(tasks::compose);
        Map<String, String> linked = new LinkedHashMap<>();
        linked.forEach((key, value) -> tasks.compose(key));
        Map<Mood, String> moods = new EnumMap<>(Mood.class);
        moods.values().forEach(tasks::compose);
        TreeMap<String, List<String>> groups =
                input.stream().collect(Collectors.groupingBy(each -> each, TreeMap::new, Collectors.toList()));
        groups.keySet().forEach(tasks::compose);
        Map<String, Integer> lengths = new HashMap<>();
        lengths.put("a", 1);
        for (String each : input) {
            tasks.compose(each + lengths.get(each) + seen.contains(each)).join();
        }
        for (String each : Set.of("only")) {
            tasks.compose(each).join();
        }
        for (String each : tasks.names(seen).join()) {
            tasks.compose(each).join();
        }
        return length;
    }

    @Entrypoint
    int state(List<String> input, FlowTasks tasks) {
        int count = 0;
        List<String> local = new ArrayList<>();
        Sum sum = new Sum();
        int[] cell = new int[1];
        for (String each : input) {
            count++;
            local.add(each);
            sum.add(each.length());
            sum.value++;
            cell[0] += 1;
        }
        Comparable<String> anonymous = new Comparable<>() {
            private int asked;

            @Override
            public int compareTo(String other) {
                return asked++;
            }
        };
        known.get("x");
        return count + sum.value + written;
    }

    @Entrypoint
    String futures(String input, FlowTasks tasks) {
        List<TaskFuture<String>> all = new ArrayList<>();
        all.add(start(input, tasks));
        List<TaskFuture<String>> mapped =
                List.of(input).stream().map(each -> { return tasks.compose(each); }).toList();
        return TaskFuture.allOf(all).get(0) + TaskFuture.allOf(mapped);
    }

    private TaskFuture<String> start(String input, FlowTasks tasks) {
        return tasks.compose(input);
    }

    @Entrypoint
    String catches(String input, FlowTasks tasks, Run run) {
        try {
            run.interrupt(KEY, input);
        } catch (RuntimeException failure) {
            input = "failed";
        }
        try {
            run.interrupt(KEY, input);
        } catch (Throwable failure) {
            System.out.println(failure);
            throw failure;
        }
        try {
            run.interrupt(KEY, input);
        } catch (Error failure) {
            if (run.isSuspending()) {
                throw failure;
            }
            input = "";
        }
        try {
            run.interrupt(KEY, input);
        } catch (Error failure) {
            throw failure;
        } catch (Throwable failure) {
            input = "failed";
        }
        try {
            Integer.parseInt(input);
        } catch (Throwable failure) {
            input = "0";
        }
        return input;
    }

    @Override
    @Task
    String inherited(String text, Run run) {
        return super.inherited(text, run) + "!";
    }

    /** A leaf may do anything. */
    @Task
    String compose(String text) {
        written++;
        known.put(text, text);
        try {
            Thread.sleep(1);
            return Files.readString(Path.of(text)) + System.getenv("HOME") + clock.instant() + seeded.nextInt();
        } catch (Throwable failure) {
            return UUID.randomUUID().toString();
        }
    }

    @Task
    List<String> names(Set<String> all) {
        return List.copyOf(all);
    }

    /** No step, and nothing of a body. */
    String unrelated() {
        return compose(String.valueOf(System.currentTimeMillis()));
    }
}

abstract class Base {
    @Task
    String inherited(String text, Run run) {
        return text;
    }
}
