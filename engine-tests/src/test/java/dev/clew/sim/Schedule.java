package dev.clew.sim;

import dev.clew.flow.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that decides how a program is run, so that it can be run again.
 *
 * @param seed of the choices who goes on
 * @param hosts how many processes there are
 * @param clients how many people there are
 * @param cancels whether somebody cancels the run now and then
 * @param points how many of 100 deeds of the engine may give the turn away before they are done
 * @param most how many tasks may execute at once in a process
 */
record Schedule(
        long seed,
        Durability durability,
        int hosts,
        int clients,
        int most,
        Duration parkAfter,
        int preempts,
        int points,
        boolean priorities,
        boolean refusals,
        boolean cancels,
        List<Trouble> troubles) {
    private static final int MOST_TROUBLES = 6;

    /** One that gives the turn away at locks only. */
    Schedule(
            long seed,
            Durability durability,
            int hosts,
            int clients,
            int most,
            Duration parkAfter,
            int preempts,
            boolean priorities,
            boolean refusals,
            boolean cancels,
            List<Trouble> troubles) {
        this(seed, durability, hosts, clients, most, parkAfter, preempts, 0, priorities, refusals, cancels, troubles);
    }

    static Schedule random(Random random, Program program) {
        List<Trouble> troubles = new ArrayList<>();
        int hosts = 1 + random.nextInt(3);
        int length = 40 + program.size() * 40;
        Trouble.Kind[] kinds = Trouble.Kind.values();
        for (int i = random.nextInt(MOST_TROUBLES + 1); i > 0; i--) {
            Trouble.Kind kind = kinds[random.nextInt(kinds.length)];
            troubles.add(new Trouble(kind, random.nextInt(length), random.nextInt(hosts), millis(kind, random)));
        }
        return new Schedule(
                random.nextLong(),
                Durability.values()[random.nextInt(3)],
                hosts,
                1 + random.nextInt(2),
                1 + random.nextInt(3),
                random.nextBoolean() ? Duration.ZERO : Duration.ofMinutes(1),
                new int[] {0, 10, 50, 100}[random.nextInt(4)],
                random.nextInt(3) == 0,
                random.nextInt(3) == 0,
                random.nextInt(12) == 0,
                List.copyOf(troubles));
    }

    private static int millis(Trouble.Kind kind, Random random) {
        int longest = switch (kind) {
            case STALLS, OUTAGE, JUMPS -> random.nextBoolean() ? 5_000 : 50;
            case SLOW -> 100;
            default -> 0;
        };
        return longest == 0 ? 0 : 1 + random.nextInt(longest);
    }

    /** Every schedule that is a bit simpler. */
    Stream<Schedule> simpler() {
        Stream<Schedule> without = IntStream.range(0, troubles.size()).mapToObj(i -> {
            List<Trouble> rest = new ArrayList<>(troubles);
            rest.remove(i);
            return with(hosts, clients, preempts, priorities, refusals, rest);
        });
        return Stream.of(
                        without,
                        hosts == 1
                                ? Stream.<Schedule>empty()
                                : Stream.of(with(hosts - 1, clients, preempts, priorities, refusals, troubles)),
                        clients == 1
                                ? Stream.<Schedule>empty()
                                : Stream.of(with(hosts, 1, preempts, priorities, refusals, troubles)),
                        refusals
                                ? Stream.of(with(hosts, clients, preempts, priorities, false, troubles))
                                : Stream.<Schedule>empty(),
                        preempts == 0
                                ? Stream.<Schedule>empty()
                                : Stream.of(with(hosts, clients, 0, priorities, refusals, troubles)))
                .flatMap(all -> all);
    }

    /** The same with its troubles spread over so many times as many turns; processes stand still for longer. */
    Schedule stretched(int times) {
        List<Trouble> spread = troubles.stream()
                .map(each -> new Trouble(
                        each.kind(),
                        each.at() * times,
                        each.host(),
                        each.kind() == Trouble.Kind.STALLS ? 4 * each.millis() : each.millis()))
                .toList();
        return with(hosts, clients, preempts, priorities, refusals, spread);
    }

    /** The same with other choices. */
    Schedule reseeded(long other) {
        return new Schedule(
                other,
                durability,
                hosts,
                clients,
                most,
                parkAfter,
                preempts,
                points,
                priorities,
                refusals,
                cancels,
                troubles);
    }

    /** The same where so many of 100 deeds may give the turn away before they are done. */
    Schedule withPoints(int percent) {
        return new Schedule(
                seed,
                durability,
                hosts,
                clients,
                most,
                parkAfter,
                preempts,
                percent,
                priorities,
                refusals,
                cancels,
                troubles);
    }

    private Schedule with(
            int newHosts,
            int newClients,
            int newPreempts,
            boolean newPriorities,
            boolean newRefusals,
            List<Trouble> newTroubles) {
        return new Schedule(
                seed,
                durability,
                newHosts,
                newClients,
                most,
                parkAfter,
                newPreempts,
                newPreempts == 0 ? 0 : points,
                newPriorities,
                newRefusals,
                cancels,
                List.copyOf(newTroubles));
    }
}
