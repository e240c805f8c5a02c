package dev.clew.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * W12, W13 and W14 on one PostgreSQL server: Clew, raw SQL and DBOS take turns, and what is printed is the median of each and our
 * ratio to the limit.
 *
 * <p>{@code benchmarks/run postgres [--rounds N] [--steps N] [--only TEXT] [--without-dbos]}: the works whose titles contain the text
 */
public final class OnPostgres {
    private static final int CALLERS = 64;

    private static final int WARM_UP = 5;

    private final List<Contender> contenders;
    private final int rounds;
    private final int steps;

    private OnPostgres(List<Contender> contenders, int rounds, int steps) {
        this.contenders = contenders;
        this.rounds = rounds;
        this.steps = steps;
    }

    /**
     * Something that those do in turn that have such a thing.
     *
     * @param units what a time is divided by
     */
    private record Work(String title, int units, Consumer<Contender> before, Consumer<Contender> measured) {}

    private List<Work> works() {
        Consumer<Contender> nothing = contender -> {};
        return List.of(
                new Work("steps in order", steps, nothing, contender -> contender.sequence(steps)),
                new Work(
                        "steps of " + CALLERS + " callers",
                        steps / CALLERS * CALLERS,
                        nothing,
                        contender -> contender.sequences(CALLERS, steps / CALLERS)),
                new Work("fan-out", steps, nothing, contender -> contender.fanOut(steps)),
                new Work("replay", steps, contender -> contender.pause(steps), Contender::replay),
                new Work("queued runs", steps, nothing, contender -> contender.queued(steps)));
    }

    private void measure(Work work) {
        Map<Contender, List<Double>> times = new LinkedHashMap<>();
        contenders.forEach(contender -> times.put(contender, new ArrayList<>()));
        // The first rounds only warm up.
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Contender contender : contenders) {
                List<Double> all = times.get(contender);
                if (all != null && !once(work, contender, round < 0 ? new ArrayList<>() : all)) {
                    times.remove(contender);
                }
            }
        }
        print(work, times);
    }

    /** False if the contender has no such thing. */
    private static boolean once(Work work, Contender contender, List<Double> times) {
        try {
            work.before().accept(contender);
            long began = System.nanoTime();
            work.measured().accept(contender);
            times.add((System.nanoTime() - began) / 1e3 / work.units());
            return true;
        } catch (UnsupportedOperationException none) {
            return false;
        }
    }

    private void print(Work work, Map<Contender, List<Double>> times) {
        double ours = 0;
        for (Map.Entry<Contender, List<Double>> each : times.entrySet()) {
            double median = median(each.getValue());
            ours = ours == 0 ? median : ours;
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %-14s %10.1f %10.2f%n",
                    work.title(),
                    each.getKey().title(),
                    median,
                    ours / median);
        }
    }

    private static double median(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static int option(List<String> arguments, String name, int otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(arguments.get(at + 1));
    }

    public static void main(String... args) {
        List<String> arguments = List.of(args);
        try (Server server = Server.open();
                Contender ours = new OursOnPostgres(server);
                Contender raw = new RawOnPostgres(server);
                @Nullable Contender dbos = arguments.contains("--without-dbos") ? null : new DbosOnPostgres(server)) {
            Warmth.inMemory();
            System.out.printf(Locale.ROOT, "%-22s %-14s %10s %10s%n", "", "", "us each", "ours / it");
            List<Contender> contenders = dbos == null ? List.of(ours, raw) : List.of(ours, raw, dbos);
            OnPostgres all =
                    new OnPostgres(contenders, option(arguments, "--rounds", 5), option(arguments, "--steps", 1_024));
            int only = arguments.indexOf("--only");
            String part = only < 0 ? "" : arguments.get(only + 1);
            all.works().stream().filter(work -> work.title().contains(part)).forEach(all::measure);
        }
    }
}
