package dev.clew.testing;

import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The fakes of a lab. They stand for the outside world, so they outlive crashes. */
final class Scripts {
    private final List<Fake<?>> fakes = new CopyOnWriteArrayList<>();

    void add(Fake<?> fake) {
        fakes.add(0, fake);
    }

    /** What runs in the place of a task's code; empty where nothing is faked. */
    @SuppressWarnings("NullAway") // a task may return null
    Optional<TaskBody<?>> of(TaskSpec<?> task) {
        boolean faked = fakes.stream().anyMatch(fake -> fake.isAbout(task));
        return faked
                ? Optional.of(call -> {
                    for (Fake<?> fake : fakes) {
                        if (fake.takes(task, call)) {
                            return fake.play(task, call);
                        }
                    }
                    return task.body().run(call);
                })
                : Optional.empty();
    }
}
