package dev.clew.sqlite;

import dev.clew.LabGraph;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.TortureJournal;
import dev.clew.contracts.torture.TortureJournal.Kind;
import dev.clew.contracts.torture.TortureRound;
import dev.clew.contracts.torture.TorturedProgram;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.value.ClewException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One of several processes that bring all threads of a file to their end: runs them, answers them, recovers what others
 * left, and begins again where it was refused. Ends when it has the results of all.
 */
final class TortureProcess {
    static final Duration LEASE = Duration.ofSeconds(2);
    private static final int HANDS = 6;
    private static final Duration RECOVERY = Duration.ofMillis(300);
    private static final int LONGEST_STEP_MILLIS = 12;

    private final Lab lab;
    private final TortureRound round;
    private final TortureJournal journal;

    private TortureProcess(Lab lab, TortureRound round) {
        this.lab = lab;
        this.round = round;
        this.journal = new TortureJournal(round.folder());
    }

    static Path database(TortureRound round) {
        return round.folder().resolve("disk").resolve("threads.db");
    }

    /** Tells the journal, and takes some time. */
    private record Telling(TortureJournal journal) implements TorturedProgram.Witness {
        @Override
        public String lives(String threadId) {
            String life = token();
            journal.note(Kind.BODY, life, threadId);
            return life;
        }

        @Override
        public String began(String life, String stepId) {
            journal.note(Kind.BEGAN, life, stepId);
            nap(ThreadLocalRandom.current().nextInt(LONGEST_STEP_MILLIS));
            return token();
        }

        @Override
        public void saw(String life, String stepId, String token) {
            journal.note(Kind.SAW, life, stepId, token);
        }

        @Override
        public void told(String threadId, String question, String answer) {
            journal.note(Kind.TOLD, threadId, question, answer);
        }
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }

    private static void nap(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void bringAllToTheirEnd(Random random) throws Exception {
        List<String> threads = new ArrayList<>(round.threads());
        Collections.shuffle(threads, random);
        ExecutorService hands = Executors.newFixedThreadPool(HANDS);
        List<Future<?>> ends = new ArrayList<>();
        for (String thread : threads) {
            ends.add(hands.submit(() -> bringToItsEnd(thread)));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        hands.shutdown();
    }

    private void bringToItsEnd(String thread) {
        while (!isAtItsEnd(thread)) {
            nap(20);
        }
    }

    /** Runs, joins or continues the run, whichever it needs; whether it is over. */
    private boolean isAtItsEnd(String thread) {
        try {
            RunResult<String> result = lab.workflow().invoke(round.input(thread), TortureRound.config(thread));
            while (result instanceof RunResult.Interrupted<String> pause) {
                result = answer(pause, thread);
            }
            journal.note(Kind.DONE, thread, result.value());
            return true;
        } catch (WorkflowFailedException | NonDeterminismException bad) {
            journal.note(Kind.BAD, thread, bad.toString());
            return true;
        } catch (ThreadStuckException stuck) {
            proceed(thread);
            return false;
        } catch (ClewException refused) {
            journal.note(Kind.REFUSED, thread, refused.toString());
            return false;
        } catch (RuntimeException bad) {
            journal.note(Kind.BAD, thread, bad.toString());
            return true;
        }
    }

    /** Too many lives without a step done are nobody's fault here. */
    private void proceed(String thread) {
        try {
            lab.workflow().invoke(Command.proceed(), RunConfig.thread(thread));
        } catch (ClewException refused) {
            journal.note(Kind.REFUSED, thread, refused.toString());
        }
    }

    private RunResult<String> answer(RunResult.Interrupted<String> pause, String thread) {
        var question = pause.pending().get(0);
        String answer = TorturedProgram.answer(token());
        RunResult<String> result =
                lab.workflow().invoke(Command.resume(question.id(), answer), RunConfig.thread(thread));
        journal.note(Kind.ANSWERED, thread, question.name(), answer);
        return result;
    }

    /** Where the disk is full or read-only just now, another process may try. */
    private static Sqlite opened(TortureRound round, TortureTrouble trouble) {
        try {
            return Sqlite.open(database(round), trouble.clock());
        } catch (CheckpointException refused) {
            new TortureJournal(round.folder()).note(Kind.REFUSED, "none", refused.toString());
            Runtime.getRuntime().halt(3);
            throw refused;
        }
    }

    /** Nobody reads of a process whose parent is gone. */
    private static void endWithParent() {
        Thread watch = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // as good as its end
            }
            Runtime.getRuntime().halt(2);
        });
        watch.setDaemon(true);
        watch.start();
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        endWithParent();
        TortureRound round = TortureRound.of(arguments);
        Random random = new Random(Long.parseLong(arguments[4]));
        TortureTrouble trouble = new TortureTrouble();
        try (Sqlite db = opened(round, trouble);
                Lab lab = new Lab(db.checkpointer(), round.durability())
                        .options(graph -> LabGraph.lease(graph, LEASE).recoverEvery(RECOVERY))
                        .body(TorturedProgram.body(new Telling(new TortureJournal(round.folder()))))) {
            lab.workflow();
            if (Boolean.parseBoolean(arguments[5])) {
                trouble.make(db, new Random(random.nextLong()));
            }
            new TortureProcess(lab, round).bringAllToTheirEnd(random);
        }
    }
}
