package dev.clew.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who crosses the way of a run that has nothing to do with its troubles. Drawn apart from programs and schedules, so that
 * a seed of an earlier day still gives the program and the schedule that it gave.
 *
 * @param readers who follows its streams
 * @param room how many events wait for a reader before the run waits for him
 * @param beside whether somebody has short runs of his own on the same processes
 */
record Crossings(List<Reader> readers, int room, boolean beside) {
    /** A run tells so much as it begins, on the thread of who then reads it. */
    private static final int LEAST_ROOM = 5;

    /** Nobody crosses its way. */
    static final Crossings NONE = new Crossings(List.of(), 256, false);

    Crossings {
        readers = List.copyOf(readers);
    }

    static Crossings random(Random random) {
        List<Reader> readers = new ArrayList<>();
        for (int i = Math.max(0, random.nextInt(6) - 3); i > 0; i--) {
            readers.add(Reader.random(random));
        }
        int room = new int[] {LEAST_ROOM, LEAST_ROOM + 1, 2 * LEAST_ROOM, 256}[random.nextInt(4)];
        return readers.isEmpty() ? NONE : new Crossings(readers, room, random.nextBoolean());
    }

    /** All that are a bit simpler. */
    Stream<Crossings> simpler() {
        Stream<Crossings> fewer = IntStream.range(0, readers.size()).mapToObj(i -> {
            List<Reader> rest = new ArrayList<>(readers);
            rest.remove(i);
            return new Crossings(rest, room, beside);
        });
        Stream<Crossings> alone = beside ? Stream.of(new Crossings(readers, room, false)) : Stream.empty();
        return Stream.concat(fewer, alone);
    }
}
