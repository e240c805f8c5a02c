package dev.clew.sim;

import dev.clew.stream.StreamMode;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/**
 * How somebody reads the streams of a run.
 *
 * @param hears whether events are handed to a listener, rather than taken
 */
record Reader(Set<StreamMode> modes, Manner manner, boolean hears) {
    enum Manner {
        /** Takes what there is. */
        KEEPS_UP,
        /** Takes seconds over an event now and then. */
        SLOW,
        /** Takes nothing for minutes. */
        STOPS,
        /** Leaves in the middle, and comes again. */
        LEAVES
    }

    Reader {
        modes = Set.copyOf(modes);
    }

    static Reader random(Random random) {
        Manner manner = Manner.values()[random.nextInt(Manner.values().length)];
        Set<StreamMode> modes = EnumSet.of(StreamMode.UPDATES, StreamMode.TASKS);
        if (random.nextInt(3) == 0) {
            modes.removeIf(mode -> random.nextBoolean());
        }
        for (StreamMode more : new StreamMode[] {StreamMode.VALUES, StreamMode.CHECKPOINTS, StreamMode.DEBUG}) {
            if (modes.isEmpty() || random.nextInt(4) == 0) {
                modes.add(more);
            }
        }
        return new Reader(modes, manner, random.nextInt(4) == 0);
    }

    @Override
    public String toString() {
        return manner + (hears ? " hears " : " reads ") + new java.util.TreeSet<>(modes);
    }
}
