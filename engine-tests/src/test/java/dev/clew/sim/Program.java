package dev.clew.sim;

import dev.clew.graph.random.GraphProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A workflow program as data: what a scope does, and below it what its parts do.
 *
 * @param id names the part, so that its tasks and questions differ from those of others
 * @param n what the kind makes of it: a count, or milliseconds
 */
record Program(Kind kind, int id, int n, List<Program> below) {
    /** What a program's part does. */
    enum Kind {
        /** A leaf that succeeds after n failed attempts. */
        TASK,
        /** A leaf that fails for good; a {@link #TRY} is around it. */
        FAIL,
        /** A leaf without retry that fails n times in the world's history. */
        FLAKY,
        /** A leaf whose result other runs and other steps may use. */
        CACHED,
        /** A leaf whose first attempt hangs, and times out. */
        SLOW,
        SEQ,
        /** Starts all parts as tasks and joins them as n says. */
        FAN,
        /** The first of some tasks, and of a timer of n milliseconds. */
        RACE,
        /** The first of some tasks that may fail. */
        RACE_FLAKY,
        /** A task with durable calls and n retries. */
        SCOPE,
        /** A scope task whose first attempt times out while its steps run. */
        SLOW_SCOPE,
        /** A task whose effect must not happen twice; its answer is lost n times. */
        EFFECT,
        CHILD,
        /** A graph as a child, the one of half this number; nodes of one with an odd number fail at first. */
        GRAPH,
        /** A leaf whose result has another type in a newer {@link Deploy}. */
        DRAFT,
        /** A child on a thread of its own: {@link #JOINED}, {@link #LAUNCHED} or {@link #LET_GO}. */
        DETACHED,
        /** Catches the failure of its part. */
        TRY,
        /** Runs its first part, and its second one while a failure of the first is handled, as n says: {@link #RETHROWN}. */
        GUARD,
        /** Asks n questions. */
        ASK,
        /** Asks a question that lapses after n milliseconds. */
        LAPSE,
        SLEEP,
        /** Joins its part for n milliseconds. */
        WITHIN,
        CANCEL,
        /** Uses random numbers and the time. */
        DRAW,
        PATCH
    }

    /** The same with handlers of failures around it, which fails more often than it would. */
    Program withGuards(Random random) {
        Generator generator = new Generator(random);
        generator.ids = GUARD_IDS;
        Program guarded = this;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Program flaky = generator.node(Kind.FLAKY, 1 + random.nextInt(2), List.of());
            Program body = generator.node(
                    Kind.SEQ, 0, random.nextBoolean() ? List.of(flaky, guarded) : List.of(guarded, flaky));
            Program inner = random.nextBoolean() ? body : generator.node(Kind.SCOPE, random.nextInt(2), List.of(body));
            guarded = generator.node(
                    Kind.GUARD, random.nextInt(5), List.of(inner, generator.sequence(1, random.nextInt(3) > 0)));
        }
        if (random.nextInt(3) == 0) {
            Program race = generator.node(
                    Kind.RACE_FLAKY,
                    0,
                    List.of(
                            generator.node(Kind.FLAKY, 1 + random.nextInt(2), List.of()),
                            generator.node(Kind.FLAKY, 1 + random.nextInt(2), List.of())));
            guarded = generator.node(Kind.SEQ, 0, List.of(race, guarded));
        }
        return generator.node(Kind.SEQ, 0, List.of(guarded));
    }

    private static final int GUARD_IDS = 2_000;

    private static final int GRAPH_IDS = 3_000;

    private static final int EFFECT_IDS = 4_000;

    private static final int DRAFT_ID = 1_000;

    /** How a failure is handled: it is told and thrown again, */
    static final int RETHROWN = 0;
    /** the handler stands in a finally block, */
    static final int FINALLY = 1;
    /** another exception with this cause is thrown, */
    static final int WRAPPED = 2;
    /** another exception that suppresses it is thrown, */
    static final int SUPPRESSED = 3;
    /** or what runs beside the part is cancelled, and it is thrown again. */
    static final int COMPENSATED = 4;

    /** What becomes of a detached child: it is waited for, */
    static final int JOINED = 0;
    /** nobody waits for it, */
    static final int LAUNCHED = 1;
    /** or its future is cancelled. */
    static final int LET_GO = 2;

    /** The same with a detached child somewhere among its parts. */
    Program withDetached(Random random) {
        Generator generator = new Generator(random);
        generator.ids = Generator.MOST_PARTS + size();
        Program child = generator.node(Kind.DETACHED, random.nextInt(3), List.of(generator.sequence(1, true)));
        List<Program> parts = new ArrayList<>(below);
        parts.add(random.nextInt(parts.size() + 1), child);
        return new Program(kind, id, n, List.copyOf(parts));
    }

    /** The same with graphs among its parts. */
    Program withGraphs(Random random) {
        Generator generator = new Generator(random);
        generator.ids = GRAPH_IDS;
        List<Program> parts = new ArrayList<>(below);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            parts.add(random.nextInt(parts.size() + 1), generator.graphs());
        }
        return new Program(kind, id, n, List.copyOf(parts));
    }

    /** The same with effects among its parts that must not happen twice. */
    Program withEffects(Random random) {
        Generator generator = new Generator(random);
        generator.ids = EFFECT_IDS;
        List<Program> parts = new ArrayList<>(below);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            parts.add(random.nextInt(parts.size() + 1), generator.effects());
        }
        return new Program(kind, id, n, List.copyOf(parts));
    }

    /** Its graphs. */
    Stream<Program> graphs() {
        return kind == Kind.GRAPH ? Stream.of(this) : below.stream().flatMap(Program::graphs);
    }

    /** The same with a draft, somewhere. */
    Program withDraft(Random random) {
        List<Integer> inner = new ArrayList<>();
        for (int i = 0; i < below.size(); i++) {
            if (below.get(i).has(Kind.SEQ)) {
                inner.add(i);
            }
        }
        if (kind == Kind.SEQ && (inner.isEmpty() || random.nextInt(3) == 0)) {
            List<Program> parts = new ArrayList<>(below);
            parts.add(random.nextInt(parts.size() + 1), new Program(Kind.DRAFT, DRAFT_ID, 0, List.of()));
            return new Program(kind, id, n, List.copyOf(parts));
        }
        int chosen = inner.get(random.nextInt(inner.size()));
        return with(chosen, below.get(chosen).withDraft(random));
    }

    /** Its detached children, none of which has one. */
    Stream<Program> detached() {
        return kind == Kind.DETACHED ? Stream.of(this) : below.stream().flatMap(Program::detached);
    }

    /** The thread of a detached child. */
    String thread() {
        return "child" + id;
    }

    /** The workflow of a detached child. */
    String workflow() {
        return "Random.detached" + id;
    }

    /** A short one that several runs of a thread may have: no child remembers the run before. */
    static Program brief(Random random) {
        Program brief;
        do {
            brief = new Generator(random).sequence(1, random.nextInt(3) > 0);
        } while (brief.has(Kind.CHILD));
        return brief;
    }

    static Program random(Random random) {
        return new Generator(random).sequence(3, false);
    }

    boolean isLeaf() {
        return switch (kind) {
            case TASK, FAIL, FLAKY, SLOW, CACHED, EFFECT -> true;
            default -> false;
        };
    }

    /** A program, or a part of one, as a test writes it; {@link #numbered} gives its parts their names. */
    static Program of(Kind kind, int n, Program... below) {
        return new Program(kind, 0, n, List.of(below));
    }

    /** The same with ids from 1 on. */
    Program numbered() {
        return numbered(new int[1]);
    }

    private Program numbered(int[] ids) {
        List<Program> parts = below.stream().map(part -> part.numbered(ids)).toList();
        return new Program(kind, ++ids[0], n, parts);
    }

    /** How many parts it has. */
    int size() {
        return 1 + below.stream().mapToInt(Program::size).sum();
    }

    /** Whether it, or a part of it, does this. */
    boolean has(Kind wanted) {
        return kind == wanted || below.stream().anyMatch(part -> part.has(wanted));
    }

    /** Every program that is a part smaller. */
    Stream<Program> smaller() {
        Stream<Program> parts = kind == Kind.TRY ? Stream.empty() : below.stream();
        Stream<Program> without = kind != Kind.SEQ && kind != Kind.FAN
                ? Stream.empty()
                : Stream.iterate(0, i -> i + 1).limit(below.size()).map(i -> with(i, null));
        Stream<Program> inner = Stream.iterate(0, i -> i + 1)
                .limit(below.size())
                .flatMap(i -> below.get(i).smaller().map(part -> with(i, part)));
        return Stream.of(parts, without, inner).flatMap(all -> all).filter(Program::isWhole);
    }

    /** Whether what is to be caught is thrown. */
    private boolean isWhole() {
        return (kind != Kind.TRY || below.get(0).fails()) && below.stream().allMatch(Program::isWhole);
    }

    private boolean fails() {
        return kind == Kind.FAIL
                || (kind == Kind.SEQ || kind == Kind.SCOPE) && below.stream().anyMatch(Program::fails);
    }

    private Program with(int index, Program part) {
        List<Program> parts = new ArrayList<>(below);
        if (part == null) {
            parts.remove(index);
        } else {
            parts.set(index, part);
        }
        return new Program(kind, id, n, List.copyOf(parts));
    }

    @Override
    public String toString() {
        String parts = below.stream().map(Program::toString).collect(Collectors.joining(", "));
        return kind + "_" + id + "*" + n + (below.isEmpty() ? "" : "[" + parts + "]");
    }

    /** Draws programs; what is pure may stand where a failure would change the result. */
    private static final class Generator {
        private static final int MOST_PARTS = 16;

        private final Random random;
        private int ids;

        Generator(Random random) {
            this.random = random;
        }

        Program sequence(int depth, boolean pure) {
            List<Program> parts = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                parts.add(part(depth, pure));
            }
            return node(Kind.SEQ, 0, parts);
        }

        private Program part(int depth, boolean pure) {
            int which = random.nextInt(depth > 0 && ids < MOST_PARTS ? 30 : 13);
            return switch (which) {
                case 0, 1, 2 -> node(Kind.TASK, Math.max(0, random.nextInt(5) - 2), List.of());
                case 3, 4, 5 -> node(Kind.ASK, 1 + random.nextInt(2), List.of());
                case 6, 7 -> node(pure ? Kind.TASK : Kind.FLAKY, 1, List.of());
                case 8 -> node(Kind.LAPSE, 1 + random.nextInt(3), List.of());
                case 9 -> node(Kind.SLEEP, 1 + random.nextInt(3), List.of());
                case 10 -> node(Kind.DRAW, 0, List.of());
                case 11 -> node(Kind.PATCH, 0, List.of());
                case 12 -> node(random.nextInt(4) == 0 ? Kind.SLOW : Kind.CACHED, 0, List.of());
                case 13, 14, 15, 16, 17 -> node(Kind.FAN, random.nextInt(4), several(depth, pure));
                case 18, 19, 20 -> node(Kind.RACE, random.nextInt(4), several(depth, true));
                case 21, 22, 23 -> node(Kind.SCOPE, random.nextInt(3), List.of(sequence(depth - 1, pure)));
                case 24 -> node(Kind.CHILD, 0, List.of(sequence(depth - 1, pure)));
                case 25 -> node(Kind.SLOW_SCOPE, 0, List.of(node(Kind.FAN, 0, several(depth - 1, true))));
                case 26, 27 -> failing(depth);
                case 28 -> node(Kind.WITHIN, 1 + random.nextInt(2), List.of(sequence(depth - 1, true)));
                default -> node(Kind.CANCEL, 0, List.of(sequence(depth - 1, true)));
            };
        }

        /** Graphs in their places; where a failure would change the result, their nodes do not fail. */
        Program graphs() {
            return switch (random.nextInt(7)) {
                case 0, 1 -> graph(false);
                case 2 -> node(Kind.SCOPE, random.nextInt(3), List.of(node(Kind.SEQ, 0, List.of(graph(false)))));
                case 3 -> node(Kind.FAN, random.nextInt(4), List.of(graph(false), graph(false)));
                case 4 -> node(Kind.RACE, random.nextInt(4), List.of(graph(true), node(Kind.TASK, 0, List.of())));
                case 5 -> node(Kind.CANCEL, 0, List.of(graph(true)));
                default -> node(Kind.WITHIN, 1 + random.nextInt(2), List.of(graph(true)));
            };
        }

        /** Effects in their places. */
        Program effects() {
            return switch (random.nextInt(8)) {
                case 0, 1 -> effect();
                case 2 -> node(Kind.SCOPE, random.nextInt(3), List.of(node(Kind.SEQ, 0, List.of(effect(), flaky()))));
                case 3 -> node(Kind.FAN, random.nextInt(4), List.of(effect(), effect()));
                case 4 -> node(Kind.RACE, random.nextInt(4), List.of(effect(), node(Kind.TASK, 0, List.of())));
                case 5 -> node(Kind.CANCEL, 0, List.of(node(Kind.SEQ, 0, List.of(effect()))));
                case 6 -> node(Kind.WITHIN, 1 + random.nextInt(2), List.of(node(Kind.SEQ, 0, List.of(effect()))));
                default -> node(Kind.CHILD, 0, List.of(node(Kind.SEQ, 0, List.of(effect(), ask(), effect()))));
            };
        }

        private Program effect() {
            return node(Kind.EFFECT, random.nextInt(3), List.of());
        }

        private Program flaky() {
            return node(Kind.FLAKY, 1, List.of());
        }

        private Program ask() {
            return node(Kind.ASK, 1, List.of());
        }

        private Program graph(boolean pure) {
            return node(Kind.GRAPH, 2 * random.nextInt(GraphProgram.COUNT) + (pure ? 0 : 1), List.of());
        }

        private List<Program> several(int depth, boolean pure) {
            List<Program> parts = new ArrayList<>();
            for (int i = 2 + random.nextInt(2); i > 0; i--) {
                parts.add(random.nextInt(3) == 0 ? node(Kind.TASK, 0, List.of()) : sequence(depth - 1, pure));
            }
            return parts;
        }

        private Program failing(int depth) {
            Program before = sequence(depth - 1, true);
            Program body = node(Kind.SEQ, 0, List.of(before, node(Kind.FAIL, random.nextInt(2), List.of())));
            boolean inline = random.nextBoolean();
            return node(Kind.TRY, 0, List.of(inline ? body : node(Kind.SCOPE, random.nextInt(3), List.of(body))));
        }

        private Program node(Kind kind, int n, List<Program> below) {
            return new Program(kind, ++ids, n, List.copyOf(below));
        }
    }
}
