package dev.clew.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.queue.Worker;
import dev.clew.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A schedule by cron, read from its stored form by the service loader and fired by a worker. */
final class CronScheduleTest {
    @Test
    void aNightlyScheduleFiresOnceEachNightAlsoWhenClocksAreChanged() {
        SteppedWorld world = new SteppedWorld();
        world.advance(Duration.between(world.clock().instant(), Instant.parse("2032-03-26T12:00:00Z")));
        try (Lab lab = new Lab(Checkpointer.inMemory(world.clock()), Durability.ASYNC)
                .options(graph -> graph.world(world).worker(Worker.of("q").pollEvery(Duration.ofMillis(1))))
                .body((input, calls, run) -> input + "!")) {
            ZoneId berlin = ZoneId.of("Europe/Berlin");
            Schedule nightly = lab.workflow()
                    .schedule(
                            "nightly",
                            Cron.of("30 2 * * *", berlin),
                            "news",
                            RunConfig.none().queue("q"));
            List<String> ticks = new ArrayList<>();

            for (int night = 0; night < 3; night++) {
                Instant tick = nightly.state().orElseThrow().next();
                world.advance(Duration.between(world.clock().instant(), tick));
                Eventually.until(() -> {
                    world.advance(Duration.ofMillis(1));
                    return nightly.state().orElseThrow().last() != null
                            && nightly.state().orElseThrow().last().tick().equals(tick);
                });
                var last = nightly.state().orElseThrow().last();
                assertThat(lab.workflow()
                                .handle(last.requestId(), last.threadId())
                                .result()
                                .value())
                        .isEqualTo("news!");
                ticks.add(last.requestId());
            }

            assertThat(ticks)
                    .containsExactly(
                            "nightly@2032-03-27T01:30:00Z",
                            "nightly@2032-03-28T01:00:00Z",
                            "nightly@2032-03-29T00:30:00Z");
        }
    }
}
