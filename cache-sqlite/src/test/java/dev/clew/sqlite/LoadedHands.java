package dev.clew.sqlite;

import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Does by a run's durable calls what a {@link LoadedProgram} says, and counts. */
final class LoadedHands implements LoadedProgram.Hands {
    static final InterruptKey<String, String> QUESTION = InterruptKey.of("question", String.class, String.class);

    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final RetryPolicy AGAIN = RetryPolicy.builder()
            .initialInterval(Duration.ofMillis(5))
            .jitter(false)
            .build();

    private final TaskCall call;
    private final Work work;

    private LoadedHands(TaskCall call, Work work) {
        this.call = call;
        this.work = work;
    }

    /** The tasks of all runs, and what was done by them, replays aside. */
    static final class Work {
        final LongAdder steps = new LongAdder();
        final LongAdder retries = new LongAdder();
        final LongAdder children = new LongAdder();
        final LongAdder timers = new LongAdder();
        final LongAdder questions = new LongAdder();

        private final TaskSpec<String> step = spec("step").leaf(this::done);
        private final TaskSpec<String> cached =
                spec("cached").cache(CachePolicy.of("1")).leaf(this::done);
        private final TaskSpec<String> shaky = spec("shaky").retry(AGAIN).leaf(this::doneAtLast);
        private final TaskSpec<String> inside =
                spec("inside").scope(inner -> LoadedProgram.several(inner.arg(0), new LoadedHands(inner, this)));
        private final WorkflowSpec<String, String> child = WorkflowSpec.of("Load.child", TEXT, TEXT)
                .body(inner -> LoadedProgram.several(inner.arg(0), new LoadedHands(inner, this)));

        /** The workflow that plays the program of its input. */
        WorkflowSpec<String, String> workflow() {
            return WorkflowSpec.of("Load.run", TEXT, TEXT)
                    .previous(TEXT)
                    .body(root -> LoadedProgram.play(root.arg(0), root.previous(), new LoadedHands(root, this)));
        }

        private String done(TaskCall leaf) {
            steps.increment();
            leaf.taskContext().emit(1);
            return LoadedProgram.work(leaf.arg(0));
        }

        private String doneAtLast(TaskCall leaf) throws IOException {
            if (leaf.taskContext().attempt() == 1) {
                retries.increment();
                throw new IOException("try again");
            }
            return done(leaf);
        }

        private static TaskSpec.Builder<String> spec(String name) {
            return TaskSpec.of(name, TEXT).method("Load", name + "(String)").parameter("argument", TEXT);
        }
    }

    @Override
    public String step(String argument) {
        return call.scope().call(work.step, argument).join();
    }

    @Override
    public String shaky(String argument) {
        return call.scope().call(work.shaky, argument).join();
    }

    @Override
    public String cached(String argument) {
        return call.scope().call(work.cached, argument).join();
    }

    @Override
    public List<String> beside(List<String> arguments) {
        List<TaskFuture<String>> futures = new ArrayList<>();
        for (String argument : arguments) {
            futures.add(call.scope().call(work.step, argument));
        }
        return TaskFuture.allOf(futures);
    }

    @Override
    public String inside(String argument) {
        return call.scope().call(work.inside, argument).join();
    }

    @Override
    public String child(String argument) {
        count(work.children);
        return call.scope().child(work.child, argument).join();
    }

    @Override
    public String raced(String argument) {
        TaskFuture<String> task = call.scope().call(work.step, argument);
        TaskFuture<?> deadline = call.run().timer(Duration.ofSeconds(50));
        count(work.timers);
        TaskFuture.anyOf(List.of(task, deadline));
        return task.join();
    }

    @Override
    public String asked(String question) {
        count(work.questions);
        return call.run().interrupt(QUESTION, question);
    }

    @Override
    public void nap(long millis) {
        count(work.timers);
        call.run().sleep(Duration.ofMillis(millis));
    }

    private void count(LongAdder counter) {
        if (!call.run().isReplaying()) {
            counter.increment();
        }
    }
}
