package dev.clew.sim;

import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.stream.StreamStalledException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Somebody who follows the run by its streams in one process after another, as fast or as slowly as is his manner. */
final class Listener {
    /** How long a run waits for a reader; short, because each second in which somebody waits costs turns. */
    static final Duration STALL = Duration.ofSeconds(5);

    private static final long LONG = 3 * STALL.toNanos();

    private final Simulation simulation;
    private final Scheduler scheduler;
    private final World world;
    private final Client client;
    private final Random random;
    private final Reader reader;
    private int stops = 1;
    private boolean over;

    Listener(Simulation simulation, Scheduler scheduler, World world, Random random, Reader reader) {
        this.simulation = simulation;
        this.scheduler = scheduler;
        this.world = world;
        this.client = new Client(simulation, scheduler, world, random);
        this.random = random;
        this.reader = reader;
    }

    void live() {
        for (int looks = 0; world.violations().isEmpty() && !over; looks++) {
            Host host = simulation.anyHost(random);
            if (host != null) {
                CompletableFuture<Boolean> read = host.call("reader", () -> {
                    follow(host);
                    return true;
                });
                scheduler.join(CompletableFuture.anyOf(read.handle((done, failed) -> true), host.died()));
                if (read.isCompletedExceptionally()) {
                    client.judge(read);
                }
            }
            scheduler.sleep((long) (random.nextDouble() * (1_000_000L << Math.min(looks, 14))));
        }
    }

    /** Follows the run on a thread of the process, to its end or as long as he likes. */
    private void follow(Host host) {
        ThreadState<String> state = host.workflow().state(Simulation.THREAD);
        boolean runs = state.status() == ThreadStatus.RUNNING || state.status() == ThreadStatus.SLEEPING;
        boolean watches = runs && random.nextBoolean();
        StreamMode[] modes = reader.modes().toArray(StreamMode[]::new);
        RunStream<String> stream =
                watches ? host.workflow().watch(Simulation.THREAD, modes) : open(host.workflow(), state, modes);
        if (stream == null) {
            over = true;
            return;
        }
        scheduler.note(reader + " at " + host + ", " + state.status());
        Heard heard = new Heard(world, reader, !watches && goesOn(state));
        long[] taken = {scheduler.nanos()};
        int most = reader.manner() == Reader.Manner.LEAVES ? random.nextInt(6) : Integer.MAX_VALUE;
        try (stream) {
            if (reader.hears() && most == Integer.MAX_VALUE) {
                scheduler.join(stream.hear(event -> take(event, heard, taken)));
            } else {
                int told = 0;
                for (StreamEvent event : stream) {
                    if (told++ >= most) {
                        scheduler.note("the reader leaves");
                        return;
                    }
                    take(event, heard, taken);
                }
            }
            RunResult<String> result = stream.result();
            over = result instanceof RunResult.Completed<String>;
            heard.ended(result, simulation.stored());
            scheduler.note("the reader has read all");
        } catch (RuntimeException failed) {
            Throwable why = failed.getCause() instanceof StreamStalledException cut ? cut : failed;
            long waited = scheduler.nanos() - taken[0];
            if (why instanceof StreamStalledException) {
                scheduler.note("the reader was cut off");
                world.check(
                        waited >= STALL.toNanos(), "P8: a reader was cut off who took an event %s ns before", waited);
                return;
            }
            throw failed;
        }
    }

    /** Whether its stream is that of a request which makes the run go on; an input may join a run that is under way. */
    private static boolean goesOn(ThreadState<String> state) {
        return switch (state.status()) {
            case INTERRUPTED -> !state.pending().isEmpty();
            case FAILED, STUCK, CRASHED, ANSWERED, BLOCKED -> true;
            default -> false;
        };
    }

    /** The stream of whatever brings the run on; null where it is over. */
    private RunStream<String> open(Workflow<String, String> workflow, ThreadState<String> state, StreamMode... modes) {
        return switch (state.status()) {
            case RUNNING, SLEEPING -> workflow.stream("in", Client.RUN, modes);
            case INTERRUPTED ->
                state.pending().isEmpty()
                        ? workflow.stream("in", Client.RUN, modes)
                        : workflow.stream(Client.answers(state, random, world), Client.RUN, modes);
            case FAILED, STUCK, CRASHED, ANSWERED, BLOCKED -> workflow.stream(Command.proceed(), Client.RUN, modes);
            case IDLE -> state.value() == null ? workflow.stream("in", Client.RUN, modes) : null;
            default -> null;
        };
    }

    private void take(StreamEvent event, Heard heard, long[] taken) {
        taken[0] = scheduler.nanos();
        boolean missed = simulation.isForgetful() && random.nextInt(5) == 0;
        if (!missed) {
            heard.hear(event);
        }
        boolean stops = reader.manner() == Reader.Manner.STOPS && this.stops > 0 && random.nextInt(3) == 0;
        if (stops) {
            this.stops--;
            scheduler.note("the reader stops");
            scheduler.sleep(LONG);
        } else if (reader.manner() == Reader.Manner.SLOW && random.nextInt(3) == 0) {
            scheduler.sleep(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_000)));
        }
    }
}
