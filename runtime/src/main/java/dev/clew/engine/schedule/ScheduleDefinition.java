package dev.clew.engine.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.engine.format.Places;
import dev.clew.engine.format.ReadBack;
import dev.clew.engine.work.StoredConfig;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenBusy;
import dev.clew.schedule.Firing;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.schedule.ScheduledRun;
import dev.clew.schedule.Ticks;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of a schedule.
 *
 * @param input null for a workflow without input
 * @param inputType null for a workflow without input
 */
public record ScheduleDefinition(
        Codec codec,
        String name,
        String workflow,
        Ticks ticks,
        @Nullable Object input,
        @Nullable TypeRef<?> inputType,
        RunConfig config,
        ScheduleOptions options) {
    /** A request's id is the name and a tick, and has at most 500 bytes. */
    private static final int LONGEST_NAME = 400;

    public ScheduleDefinition {
        int bytes = name.getBytes(UTF_8).length;
        if (name.isBlank() || bytes > LONGEST_NAME) {
            throw new RequestRefusedException("a schedule's name must have 1 to " + LONGEST_NAME
                    + " bytes in UTF-8 and not be blank; it has " + bytes);
        }
        refuse(
                name,
                !config.contexts().isEmpty(),
                "contexts, which are objects of this process; give them to the builder of the workers' graph");
        refuse(name, config.runId().isPresent(), "a run id; each of its runs has an id of its own, name@tick");
        refuse(name, config.request().isPresent(), "a request(…); it is fired by no server's request");
        boolean isLater = !config.delay().isZero() || config.startAt().isPresent();
        refuse(name, isLater, "delay or startAt; its ticks say when a run joins its queue");
        refuse(name, config.checkpoint().isPresent(), "a checkpoint; each of its runs continues the newest one");
        boolean waits = config.whenBusy()
                .filter(busy -> !busy.equals(WhenBusy.enqueue()))
                .isPresent();
        refuse(name, waits, "WhenBusy; its runs wait in their thread's line, and ScheduleOptions.overlap skips ticks");
    }

    private static void refuse(String name, boolean given, String what) {
        if (given) {
            throw new RequestRefusedException("schedule '" + name + "' cannot have " + what);
        }
    }

    /**
     * Returns what is stored of it.
     *
     * @throws CodecException if the input has no stored form
     */
    ScheduleRecord record() {
        byte @Nullable [] stored = inputType == null
                ? null
                : codec.protect(ReadBack.encode(codec, input, inputType), place(Places.QUEUED_INPUT));
        ScheduledRun run = new ScheduledRun(
                workflow,
                config.threadId().orElse(null),
                config.queue(),
                config.priority(),
                config.concurrencyKey().orElse(null),
                config.saysWhenInterrupted(),
                codec.protect(codec.encode(StoredConfig.of(config), StoredConfig.TYPE), place(Places.QUEUED_CONFIG)),
                stored);
        return new ScheduleRecord(name, 0, ticks.text(), options, run, false, null, null);
    }

    /** A firing's request has these bytes, whatever its tick is. */
    private Codec.Place place(String part) {
        return Places.request(part, "", Firing.requestId(name, Instant.EPOCH));
    }

    /** Returns whether a schedule is stored as it is wanted. One that cannot be read here is not. */
    boolean isSame(ScheduleRecord stored) {
        ScheduledRun run = stored.run();
        return stored.ticks().equals(ticks.text())
                && stored.options().equals(options)
                && run.workflow().equals(workflow)
                && Objects.equals(run.threadId(), config.threadId().orElse(null))
                && run.queue().equals(config.queue())
                && run.priority() == config.priority()
                && Objects.equals(run.concurrencyKey(), config.concurrencyKey().orElse(null))
                && hasSameBytes(run);
    }

    private boolean hasSameBytes(ScheduledRun run) {
        try {
            StoredConfig stored =
                    codec.decode(codec.reveal(run.config(), place(Places.QUEUED_CONFIG)), StoredConfig.TYPE);
            return StoredConfig.of(config).equals(stored) && hasSameInput(run.input());
        } catch (CodecException other) {
            return false;
        }
    }

    private boolean hasSameInput(byte @Nullable [] stored) {
        if (stored == null || inputType == null) {
            return stored == null && inputType == null;
        }
        List<TypeRef<?>> type = List.of(inputType);
        Object before = codec.decode(codec.reveal(stored, place(Places.QUEUED_INPUT)), inputType);
        return codec.matches(codec.digest(new Object[] {before}, type), new Object[] {input}, type);
    }
}
