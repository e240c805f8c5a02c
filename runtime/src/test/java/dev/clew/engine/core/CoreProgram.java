package dev.clew.engine.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a simulated scope does, one operation after the other. */
record CoreProgram(List<Op> ops, int failures) {
    sealed interface Op {
        /** Calls a leaf whose first attempts fail. */
        record Leaf(int failures, boolean limited) implements Op {}

        record Scope(CoreProgram program) implements Op {}

        record Timer(long after) implements Op {}

        record Join(int call) implements Op {}

        record JoinAll(List<Integer> calls) implements Op {}

        record Race(List<Integer> calls) implements Op {}

        /** Joins a call, unless a timer that was called before passes first. */
        record JoinWithin(int call, int limit) implements Op {}

        record Cancel(int call) implements Op {}

        record Ask() implements Op {}
    }

    static CoreProgram random(Random random, int depth) {
        List<Op> ops = new ArrayList<>();
        int calls = 0;
        int length = 1 + random.nextInt(7);
        for (int i = 0; i < length; i++) {
            int pick = random.nextInt(12);
            if (pick < 4 || calls == 0 && pick >= 7 && pick < 11) {
                ops.add(new Op.Leaf(random.nextInt(8) == 0 ? 1 + random.nextInt(3) : 0, random.nextInt(6) == 0));
                calls++;
            } else if (pick == 4 || pick == 5) {
                ops.add(depth == 0 ? new Op.Leaf(0, false) : new Op.Scope(random(random, depth - 1)));
                calls++;
            } else if (pick == 6) {
                ops.add(new Op.Timer(random.nextInt(4) * 10L));
                calls++;
            } else if (pick == 7 && random.nextInt(3) == 0) {
                ops.add(new Op.Timer(random.nextInt(4) * 10L));
                ops.add(new Op.JoinWithin(random.nextInt(calls), calls));
                calls++;
            } else if (pick == 7 || pick == 8) {
                ops.add(new Op.Join(random.nextInt(calls)));
            } else if (pick == 9) {
                ops.add(random.nextBoolean() ? new Op.JoinAll(some(random, calls)) : new Op.Race(some(random, calls)));
            } else if (pick == 10) {
                ops.add(new Op.Cancel(random.nextInt(calls)));
            } else {
                ops.add(new Op.Ask());
            }
        }
        return new CoreProgram(List.copyOf(ops), random.nextInt(10) == 0 ? 1 + random.nextInt(2) : 0);
    }

    private static List<Integer> some(Random random, int calls) {
        List<Integer> some = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            if (random.nextBoolean()) {
                some.add(call);
            }
        }
        return some.isEmpty() ? List.of(random.nextInt(calls)) : List.copyOf(some);
    }
}
