package dev.clew.sqlite;

import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.sqlite.LoadedThreads.Open;
import dev.clew.sqlite.LoadedThreads.Visit;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Many who call the same workflow at the same time, each in turn with other threads: begin runs, answer, read, cancel. */
final class LoadCallers {
    private static final int MOST_TOLD = 20;

    private final Workflow<String, String> workflow;
    private final LoadedThreads threads;

    /** Whoever calls has it shared; who wants all to rest takes it alone. */
    private final ReentrantReadWriteLock calling = new ReentrantReadWriteLock(true);

    private final List<Thread> callers = new ArrayList<>();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private volatile Latencies latencies = new Latencies();
    private volatile boolean over;

    final LongAdder runs = new LongAdder();
    final LongAdder resumes = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder wrong = new LongAdder();

    LoadCallers(Workflow<String, String> workflow, LoadedThreads threads) {
        this.workflow = workflow;
        this.threads = threads;
    }

    LoadCallers start(int count, long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            SplittableRandom random = seeds.split();
            Thread caller = new Thread(() -> callAndCall(random), "load-caller-" + i);
            callers.add(caller);
            caller.start();
        }
        return this;
    }

    /** Something done while nobody calls; gives how long the calls took since it was last done. */
    Latencies resting(Rest rest) throws Exception {
        Lock alone = calling.writeLock();
        alone.lock();
        try {
            rest.take();
            Latencies before = latencies;
            latencies = new Latencies();
            return before;
        } finally {
            alone.unlock();
        }
    }

    /** See {@link #resting}. */
    @FunctionalInterface
    interface Rest {
        void take() throws Exception;
    }

    /** Lets the callers end, and answers what they left open. */
    void end() throws InterruptedException {
        over = true;
        for (Thread caller : callers) {
            caller.join();
        }
        for (Open one = threads.pollOpen(); one != null; one = threads.pollOpen()) {
            answerToTheEnd(one);
        }
    }

    /** What was wrong, as far as it was kept. */
    List<String> told() {
        return List.copyOf(told);
    }

    void wrong(String what) {
        wrong.increment();
        if (told.size() < MOST_TOLD) {
            told.add(what);
        }
    }

    private void callAndCall(SplittableRandom random) {
        Lock shared = calling.readLock();
        while (!over) {
            shared.lock();
            try {
                call(random);
            } finally {
                shared.unlock();
            }
        }
    }

    private void call(SplittableRandom random) {
        Open open = random.nextInt(4) == 0 ? threads.pollOpen() : null;
        Visit visit = open == null ? threads.take() : open.visit();
        try {
            if (open == null) {
                goOn(visit, timed(() -> begin(visit, random)), random);
            } else {
                answer(open, random);
            }
        } catch (RuntimeException | AssertionError bad) {
            wrong(visit + " failed: " + bad);
            threads.free(visit);
        }
    }

    private RunResult<String> begin(Visit visit, SplittableRandom random) {
        runs.increment();
        RunConfig config = config(visit);
        if (random.nextInt(16) == 0) {
            try (RunStream<String> stream =
                    workflow.stream(visit.input(), config, StreamMode.UPDATES, StreamMode.CUSTOM)) {
                int events = 0;
                for (StreamEvent ignored : stream) {
                    events++;
                }
                if (events == 0) {
                    wrong(visit + " streamed nothing");
                }
                return stream.result();
            }
        }
        return workflow.invoke(visit.input(), config);
    }

    private static RunConfig config(Visit visit) {
        Durability durability = switch (visit.thread() % 10) {
            case 0, 1, 2 -> Durability.SYNC;
            case 3 -> Durability.EXIT;
            default -> Durability.ASYNC;
        };
        return RunConfig.thread(visit.threadId()).durability(durability).metadata("load", "a" + visit.thread() % 7);
    }

    private void answer(Open open, SplittableRandom random) {
        Visit visit = open.visit();
        if (random.nextInt(50) == 0) {
            refuse(open);
        }
        if (random.nextInt(50) == 0) {
            cancel(visit);
            return;
        }
        goOn(visit, timed(() -> resumed(visit, open.question())), random);
    }

    private RunResult<String> resumed(Visit visit, PendingInterrupt<?, ?> question) {
        resumes.increment();
        String answer = LoadedProgram.answer(question.value());
        return workflow.invoke(Command.resume(question.id(), answer), config(visit));
    }

    private void goOn(Visit visit, RunResult<String> first, SplittableRandom random) {
        RunResult<String> result = first;
        while (result instanceof RunResult.Interrupted<String> pause) {
            PendingInterrupt<?, ?> question = pause.pending().get(0);
            if (random.nextInt(3) == 0 && threads.leaveOpen(visit, question)) {
                return;
            }
            result = timed(() -> resumed(visit, question));
        }
        check(visit, result.value());
        if (random.nextInt(8) == 0) {
            check(visit, workflow.state(visit.threadId()).value());
        }
        threads.done(visit);
    }

    private void answerToTheEnd(Open open) {
        Visit visit = open.visit();
        try {
            RunResult<String> result = resumed(visit, open.question());
            while (result instanceof RunResult.Interrupted<String> pause) {
                result = resumed(visit, pause.pending().get(0));
            }
            check(visit, result.value());
            threads.done(visit);
        } catch (RuntimeException bad) {
            wrong(visit + " failed: " + bad);
        }
    }

    private void refuse(Open open) {
        try {
            workflow.invoke(Command.resume("no such question", "x"), config(open.visit()));
            wrong(open.visit() + " took an answer to no question");
        } catch (AnswerRefusedException expected) {
            refused.increment();
        }
    }

    private void cancel(Visit visit) {
        if (!workflow.cancel(visit.threadId())) {
            wrong(visit + " was not cancelled");
        }
        cancelled.increment();
        threads.free(visit);
    }

    private void check(Visit visit, String value) {
        if (!visit.expected().equals(value)) {
            wrong(visit + " gave " + value);
        }
    }

    private RunResult<String> timed(Supplier<RunResult<String>> call) {
        long began = System.nanoTime();
        try {
            return call.get();
        } finally {
            latencies.add(System.nanoTime() - began);
        }
    }
}
