package dev.clew.testing;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Workflows that are wrong, each in one way that a test is to find; of some the compiler's lint knows too. */
@SuppressWarnings({"clew-catch", "clew-clock", "clew-order", "clew-uuid"})
public class BrokenFlow {
    public static final InterruptKey<String, String> ASK = InterruptKey.of("ask", String.class, String.class);

    private final Clock clock;
    private int total;

    public BrokenFlow(Clock clock) {
        this.clock = clock;
    }

    @Task
    String note(String text) {
        return text;
    }

    @Task
    String stamp(Instant at) {
        return "at " + at;
    }

    @Task
    int add(int amount) {
        total += amount;
        return amount;
    }

    @Task
    int fill(List<String> basket) {
        basket.add("apple");
        return 1;
    }

    /** Someone whose hash code is that of the object. */
    private static final class Person {
        private final String name;

        Person(String name) {
            this.name = name;
        }
    }

    @Entrypoint
    String clockInTheBody(String text, BrokenFlowTasks tasks) {
        return tasks.stamp(Instant.now()).join();
    }

    @Entrypoint
    String injectedClockInTheBody(String text, BrokenFlowTasks tasks) {
        return tasks.note(text).join() + clock.instant();
    }

    @Entrypoint
    String chanceInTheBody(String text, BrokenFlowTasks tasks) {
        return tasks.note(UUID.randomUUID().toString()).join();
    }

    @Entrypoint
    String swallowedInterrupt(String text, BrokenFlowTasks tasks, Run run) {
        try {
            return run.interrupt(ASK, text);
        } catch (Throwable anything) {
            return "none";
        }
    }

    @Entrypoint
    String orderOfAHashMap(String text, BrokenFlowTasks tasks) {
        Map<Person, String> people = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            people.put(new Person("person " + i), text);
        }
        List<String> greeted = new ArrayList<>();
        people.forEach((person, greeting) -> greeted.add(tasks.note(person.name).join()));
        return "greeted " + greeted.size();
    }

    @Entrypoint
    String resultInTheOrderOfASet(String text, BrokenFlowTasks tasks) {
        Set<Person> people = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            people.add(new Person("person " + i));
        }
        StringBuilder all = new StringBuilder(tasks.note(text).join());
        people.forEach(person -> all.append(person.name));
        return all.toString();
    }

    @Entrypoint
    int updateOfAField(String text, BrokenFlowTasks tasks) {
        tasks.add(1).join();
        tasks.add(2).join();
        return total;
    }

    @Entrypoint
    int updateOfAnArgument(String text, BrokenFlowTasks tasks) {
        List<String> basket = new ArrayList<>();
        tasks.fill(basket).join();
        return basket.size();
    }

    @Entrypoint
    String unawaitedTask(String text, BrokenFlowTasks tasks) {
        var unused = tasks.note("nobody waits");
        return tasks.note(text).join();
    }
}
