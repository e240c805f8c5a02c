package dev.clew.samples.durable;

import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.flow.RunConfig;
import dev.clew.queue.Worker;
import dev.clew.schedule.Firing;
import dev.clew.schedule.Schedule;
import dev.clew.schedules.Cron;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import java.time.Duration;
import java.time.ZoneOffset;

/** A schedule in the test kit: the clock is stepped to its tick. */
class ScheduledReportsTest {
    @ClewTest({MEMORY, SQLITE})
    void firesWhenTheClockIsSteppedToItsTick(Lab lab) {
        var graph = lab.graph(() -> ScheduledReportsGraph.builder(new ScheduledReports())
                .worker(Worker.of("scheduled").pollEvery(Duration.ofMinutes(10))));
        var report = graph.workflow(ScheduledReportsGraph::report);
        lab.clock().hold();
        Schedule morning = report.get()
                .schedule(
                        "morning",
                        Cron.of("0 7 * * *", ZoneOffset.UTC),
                        "the news",
                        RunConfig.none().queue("scheduled"));

        lab.clock().advance(Duration.ofHours(6));
        assertThat(morning.state().orElseThrow().last()).isNull();
        lab.clock().advance(Duration.ofHours(2));

        Firing firing = morning.state().orElseThrow().last();
        assertThat(firing.requestId()).isEqualTo("morning@2030-01-01T07:00:00Z");
        assertThat(report.on(firing.threadId()).state().value()).isEqualTo("rendered the news");
    }
}
