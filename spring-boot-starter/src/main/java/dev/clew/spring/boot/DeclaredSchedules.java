package dev.clew.spring.boot;

import dev.clew.Graph;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.schedule.Every;
import dev.clew.schedule.Ticks;
import dev.clew.schedules.Cron;
import dev.clew.spring.ClewProperties.ScheduleProperties;
import dev.clew.value.Codec;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** The schedules that an application's properties declare. The same declaration again changes nothing, so a restart shifts no tick. */
final class DeclaredSchedules {
    private static final boolean HAS_CRON =
            ClassUtils.isPresent("dev.clew.schedules.Cron", DeclaredSchedules.class.getClassLoader());

    private DeclaredSchedules() {}

    /**
     * Stores them.
     *
     * @throws IllegalArgumentException if one is wrong, with the property that is
     */
    static void define(Map<String, ScheduleProperties> schedules, Collection<Graph> graphs, Codec codec) {
        new TreeMap<>(schedules).forEach((name, schedule) -> define(name, schedule, graphs, codec));
    }

    private static void define(String name, ScheduleProperties schedule, Collection<Graph> graphs, Codec codec) {
        Workflow<?, ?> workflow = workflow(name, schedule, graphs);
        Ticks ticks = ticks(name, schedule);
        RunConfig config = schedule.thread() == null ? RunConfig.none() : RunConfig.thread(schedule.thread());
        put(name, workflow, ticks, input(name, schedule, workflow, codec), config.queue(schedule.queue()), schedule);
    }

    @SuppressWarnings("unchecked") // the input was read as what the workflow takes
    private static <I> void put(
            String name,
            Workflow<I, ?> workflow,
            Ticks ticks,
            @Nullable Object input,
            RunConfig config,
            ScheduleProperties schedule) {
        if (input == null) {
            workflow.schedule(name, ticks, config, schedule.options());
        } else {
            workflow.schedule(name, ticks, (I) input, config, schedule.options());
        }
    }

    private static Workflow<?, ?> workflow(String name, ScheduleProperties schedule, Collection<Graph> graphs) {
        List<Workflow<?, ?>> there = graphs.stream()
                .<Workflow<?, ?>>flatMap(graph -> graph.workflows().stream())
                .toList();
        return there.stream()
                .filter(each -> each.name().equals(schedule.workflow()))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        "workflow",
                        "is '" + schedule.workflow() + "', and the graphs of this application have "
                                + there.stream().map(Workflow::name).sorted().toList()));
    }

    private static Ticks ticks(String name, ScheduleProperties schedule) {
        String cron = schedule.cron();
        if ((cron == null) == (schedule.every() == null)) {
            throw wrong(name, "cron", "or every must be set, and one of them alone");
        }
        if (cron == null) {
            return Every.of(schedule.every());
        }
        if (!HAS_CRON) {
            throw wrong(name, "cron", "needs clew-schedules on the class path");
        }
        ZoneId zone = schedule.zone();
        return Cron.of(cron, zone == null ? ZoneOffset.UTC : zone);
    }

    private static @Nullable Object input(
            String name, ScheduleProperties schedule, Workflow<?, ?> workflow, Codec codec) {
        String text = schedule.input();
        if (text == null) {
            return null;
        }
        try {
            return codec.decode(text.getBytes(StandardCharsets.UTF_8), workflow.inputType());
        } catch (RuntimeException unreadable) {
            IllegalArgumentException wrong = wrong(
                    name,
                    "input",
                    "cannot be read as " + workflow.inputType() + ", which '" + workflow.name()
                            + "' takes; write it as JSON, a text in quotation marks");
            wrong.initCause(unreadable);
            throw wrong;
        }
    }

    private static IllegalArgumentException wrong(String name, String property, String what) {
        return new IllegalArgumentException("clew.schedules." + name + "." + property + " " + what);
    }
}
