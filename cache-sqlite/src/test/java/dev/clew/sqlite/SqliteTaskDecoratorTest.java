package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.engine.EngineSuite;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.task.TaskFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A task decorator that throws on the thread of the database. */
@Timeout(60)
class SqliteTaskDecoratorTest extends EngineSuite implements OnSqlite {
    private static final RuntimeException BROKEN = new IllegalStateException("the decorator is broken");

    @Test
    void aDecoratorThatThrowsThereStopsItsRunAndNotTheDatabase() throws Exception {
        AtomicBoolean breaks = new AtomicBoolean(true);
        Lab lab = lab(Durability.SYNC)
                .options(graph -> graph.taskDecorator(work -> {
                    if (breaks.get() && Thread.currentThread().getName().startsWith("clew-sqlite-writer")) {
                        throw BROKEN;
                    }
                    return work;
                }))
                .body((input, calls, run) -> {
                    String last = "";
                    for (int round = 0; round < 20; round++) {
                        last = ""
                                + TaskFuture.allOf(IntStream.range(0, 50)
                                                .mapToObj(i -> calls.task("t", "" + i, text -> text))
                                                .toList())
                                        .size();
                    }
                    return last;
                });

        RunConfig broken = RunConfig.thread("broken");
        assertThat(catchThrowable(() -> lab.workflow().invokeAsync("", broken).get(20, TimeUnit.SECONDS)))
                .hasCause(BROKEN);
        breaks.set(false);
        assertThat(lab.workflow()
                        .invokeAsync(Command.proceed(), broken)
                        .get(20, TimeUnit.SECONDS)
                        .value())
                .isEqualTo("50");
    }
}
