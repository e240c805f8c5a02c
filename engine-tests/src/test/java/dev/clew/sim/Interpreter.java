package dev.clew.sim;

import dev.clew.effect.Once;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.flow.Final;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.graph.random.GraphProgram;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskCancelledException;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Runs programs. Each part makes a text of the text before it; where the order of things decides, the decision is the
 * argument of a task, so that the engine itself sees when a replay decides otherwise.
 */
final class Interpreter {
    static final InterruptKey<String, String> ASK = InterruptKey.of("ask", String.class, String.class);
    private static final InterruptKey<UnknownOutcome, Resolution<String>> OUTCOME =
            InterruptKey.of("effect.outcome", TypeRef.of(UnknownOutcome.class), new TypeRef<Resolution<String>>() {});

    /** An input that runs this many tasks at once instead of the program. */
    static final String TOGETHER = "together ";

    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private final World world;
    private final Surroundings surroundings;

    Interpreter(World world, Surroundings surroundings) {
        this.world = world;
        this.surroundings = surroundings;
    }

    /** What everyone answers to a question. */
    static String answer(String question) {
        return mix("answer", question);
    }

    /** What a task with a cache makes of a text, whichever part calls it. */
    static String cached(String text) {
        return mix("cached", text);
    }

    static String mix(Object... parts) {
        return "h" + Integer.toHexString(List.of(parts).toString().hashCode());
    }

    WorkflowSpec<String, String> workflow(Program program) {
        return WorkflowSpec.of("Random.run", TEXT, TEXT).body(call -> {
            String input = call.<String>arg(0);
            return input.startsWith(TOGETHER)
                    ? together(Integer.parseInt(input.substring(TOGETHER.length())), call.scope())
                    : run(program, input, call.scope(), call.run());
        });
    }

    /** Tasks that wait for each other. */
    private String together(int n, Scope scope) {
        AtomicInteger here = new AtomicInteger();
        List<TaskFuture<String>> tasks = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            tasks.add(startLeaf(scope, "together", b -> b, "" + i, attempt -> {
                here.incrementAndGet();
                for (int naps = 0; here.get() < n; naps++) {
                    if (naps == 5_000) {
                        throw new IOException("only " + here + " of " + n + " run together");
                    }
                    surroundings.nap(1);
                }
                return "together";
            }));
        }
        TaskFuture.allOf(tasks);
        return "together";
    }

    private String run(Program program, String text, Scope scope, Run run) throws Exception {
        switch (program.kind()) {
            case TASK, FAIL, FLAKY, SLOW, CACHED, EFFECT -> {
                return seen(start(program, text, scope));
            }
            case SEQ -> {
                String last = text;
                for (Program part : program.below()) {
                    last = run(part, last, scope, run);
                }
                return last;
            }
            case FAN -> {
                return fan(program, text, scope);
            }
            case RACE -> {
                return race(program, text, scope, run);
            }
            case SCOPE, SLOW_SCOPE, CHILD, GRAPH -> {
                return mix(start(program, text, scope).join());
            }
            case DRAFT -> {
                return surroundings.deploy().draft(world, scope, text);
            }
            case DETACHED -> {
                return detached(program, text, scope, run);
            }
            case GUARD -> {
                return guard(program, text, scope, run);
            }
            case RACE_FLAKY -> {
                List<TaskFuture<String>> racers = new ArrayList<>();
                program.below().forEach(part -> racers.add(start(part, text, scope)));
                TaskFuture.anyOf(racers).join();
                return mix("raced", text);
            }
            case TRY -> {
                try {
                    return run(program.below().get(0), text, scope, run);
                } catch (TaskFailedException caught) {
                    return mix("caught", text);
                }
            }
            case ASK -> {
                String last = text;
                for (int i = 0; i < program.n(); i++) {
                    String question = program.id() + "." + i + last;
                    last = run.interrupt(ASK, question);
                    world.check(last.equals(answer(question)), "%s got another question's answer", question);
                }
                return last;
            }
            case LAPSE -> {
                Optional<String> answered =
                        run.interrupt(ASK, "lapse" + program.id() + text, Duration.ofMillis(program.n()));
                return decided(scope, "lapsed " + answered.isEmpty(), text);
            }
            case SLEEP -> {
                run.sleep(Duration.ofMillis(program.n()));
                return text;
            }
            case WITHIN -> {
                return within(program, text, scope);
            }
            case CANCEL -> {
                return cancel(program, text, scope);
            }
            case DRAW -> {
                decided(scope, run.random().nextLong() + " " + run.randomUuid() + " " + run.now(), text);
                return text;
            }
            default -> {
                world.check(run.patched("p" + program.id()), "patch %s was forgotten", program);
                return mix("patched", text);
            }
        }
    }

    /** The handler comes to the same whether it runs or not, but what it did is not done twice. */
    private String guard(Program program, String text, Scope scope, Run run) throws Exception {
        Program part = program.below().get(0);
        Program handler = program.below().get(1);
        if (program.n() == Program.FINALLY) {
            try {
                return run(part, text, scope, run);
            } finally {
                handle(handler, program, scope, run);
            }
        }
        TaskFuture<String> beside =
                program.n() == Program.COMPENSATED ? startLeaf(scope, "beside", b -> b, text, a -> text) : null;
        try {
            String made = run(part, text, scope, run);
            if (beside != null) {
                world.check(seen(beside).equals(text), "%s lost what ran beside it", program);
            }
            return made;
        } catch (TaskFailedException failed) {
            handle(handler, program, scope, run);
            switch (program.n()) {
                case Program.WRAPPED -> throw new IllegalStateException("wrapped flaky", failed);
                case Program.SUPPRESSED -> {
                    IllegalStateException other = new IllegalStateException("suppressed flaky");
                    other.addSuppressed(failed);
                    throw other;
                }
                case Program.COMPENSATED -> {
                    if (beside != null) {
                        beside.cancel();
                    }
                    throw failed;
                }
                default -> throw failed;
            }
        }
    }

    private void handle(Program handler, Program program, Scope scope, Run run) throws Exception {
        run(handler, "handles" + program.id(), scope, run);
        decided(scope, "handled" + program.id(), "");
    }

    /** The workflow of a child on a thread of its own. */
    WorkflowSpec<String, String> detached(Program child) {
        return WorkflowSpec.of(child.workflow(), TEXT, TEXT)
                .body(call -> run(child.below().get(0), call.arg(0), call.scope(), call.run()));
    }

    private String detached(Program child, String text, Scope scope, Run run) {
        Workflow<String, String> workflow = surroundings.workflow(child.workflow());
        RunConfig own = surroundings.ofChild(RunConfig.thread(child.thread()));
        String input = mix(child.id(), text);
        surroundings.starting(child, input);
        switch (child.n()) {
            case Program.JOINED -> {
                return mix(run.child(workflow).on(own).start(input).join());
            }
            case Program.LAUNCHED -> {
                decided(
                        scope,
                        "launched " + run.child(workflow).on(own).launch(input).join(),
                        text);
                return mix("launched", text);
            }
            default -> {
                TaskFuture<String> future = run.child(workflow).on(own).start(input);
                decided(scope, "meanwhile", text);
                try {
                    decided(scope, "cancelled " + future.cancel() + future.join(), text);
                } catch (TaskCancelledException gone) {
                    decided(scope, "let go", text);
                }
                return mix("let go", text);
            }
        }
    }

    private String fan(Program program, String text, Scope scope) {
        List<TaskFuture<String>> futures = new ArrayList<>();
        program.below().forEach(part -> futures.add(start(part, text, scope)));
        List<String> values = new ArrayList<>();
        switch (program.n()) {
            case 0 -> values.addAll(TaskFuture.allOf(futures));
            case 1 -> futures.forEach(future -> values.add(future.join()));
            case 2 -> {
                for (int i = futures.size() - 1; i >= 0; i--) {
                    values.add(futures.get(i).join());
                }
            }
            default -> values.add(text);
        }
        return mix(values);
    }

    private String race(Program program, String text, Scope scope, Run run) {
        List<TaskFuture<? extends Object>> candidates = new ArrayList<>();
        program.below().forEach(part -> candidates.add(start(part, text, scope)));
        if (program.n() > 0) {
            candidates.add(run.timer(Duration.ofMillis(program.n())));
        }
        TaskFuture<?> winner = TaskFuture.anyOf(candidates);
        return decided(scope, "winner " + candidates.indexOf(winner), text);
    }

    private String within(Program program, String text, Scope scope) {
        TaskFuture<String> future = start(program.below().get(0), text, scope);
        try {
            decided(scope, "in time " + future.join(Duration.ofMillis(program.n())), text);
        } catch (TaskTimeoutException late) {
            decided(scope, "late", text);
            if (program.id() % 3 == 0) {
                future.join();
            } else if (program.id() % 3 == 1) {
                decided(scope, "cancelled late " + future.cancel(), text);
            }
        }
        return mix("within", text);
    }

    private String cancel(Program program, String text, Scope scope) {
        TaskFuture<String> future = start(program.below().get(0), text, scope);
        if (program.id() % 2 == 0) {
            decided(scope, "meanwhile", text);
        }
        boolean cancelled = future.cancel();
        try {
            decided(scope, "not cancelled " + future.join(), text);
            world.check(!cancelled, "%s was cancelled and has a value", program);
        } catch (TaskCancelledException gone) {
            decided(scope, "cancelled", text);
            world.check(cancelled, "%s was not cancelled and has no value", program);
        }
        return mix("cancel", text);
    }

    /** Makes a decision visible in the log: replay must come to the same one. */
    private String decided(Scope scope, String decision, String text) {
        String seen = seen(startLeaf(scope, "decided", b -> b, decision, attempt -> decision));
        world.check(seen.equals(decision), "decided %s and got %s", decision, seen);
        return mix("decided", text);
    }

    /** Joins a leaf; what a body has seen must never be forgotten. */
    private String seen(TaskFuture<String> leaf) {
        String value = leaf.join();
        world.seen(value);
        return value;
    }

    /** A leaf that knows which attempt it is. */
    private interface Leaf {
        String run(int attempt) throws Exception;
    }

    private TaskFuture<String> startLeaf(
            Scope scope, String name, UnaryOperator<TaskSpec.Builder<String>> policies, String argument, Leaf leaf) {
        return scope.call(
                policies.apply(spec(name))
                        .leaf(call -> world.executing(
                                call.taskContext(),
                                argument,
                                () -> leaf.run(call.taskContext().attempt()))),
                argument);
    }

    private TaskFuture<String> start(Program program, String text, Scope scope) {
        String name = program.id() % 2 == 0 ? "even" : "odd";
        String value = mix(program.id(), text);
        int n = program.n();
        return switch (program.kind()) {
            case TASK ->
                startLeaf(scope, name, retries(n), value, attempt -> {
                    if (attempt <= n) {
                        throw new IOException("attempt " + attempt);
                    }
                    return value;
                });
            case FAIL ->
                startLeaf(scope, "fail", retries(n), value, attempt -> {
                    throw new IOException("for good");
                });
            case FLAKY ->
                startLeaf(scope, "flaky", b -> b, value, attempt -> {
                    world.mayFail(program.id(), n);
                    return value;
                });
            case SLOW ->
                startLeaf(scope, "slow", b -> retries(9).apply(b.timeout(Duration.ofMillis(8))), value, attempt -> {
                    if (attempt == 1) {
                        surroundings.nap(1000);
                    }
                    return value;
                });
            case EFFECT -> scope.call(effect(program).spec(), value);
            case CACHED -> startLeaf(scope, "cached", b -> b.cache(CachePolicy.of("1")), text, attempt -> cached(text));
            case CHILD ->
                scope.child(
                        WorkflowSpec.of("Random.child", TEXT, TEXT)
                                .saves(TEXT)
                                .previous(TEXT)
                                .childMemory()
                                .body(call -> {
                                    String before = call.previous();
                                    String made = run(program.below().get(0), text, call.scope(), call.run());
                                    return Final.of(before == null ? made : "remembers " + before, "saved " + made);
                                }),
                        value);
            case GRAPH -> {
                GraphProgram graph = GraphProgram.of(n / 2);
                yield scope.child(graph.workflow(new SimulatedNodes(world, program)), graph.input());
            }
            case SLOW_SCOPE ->
                scope.call(
                        retries(9)
                                .apply(spec("slowScope").timeout(Duration.ofMillis(8)))
                                .scope(call -> {
                                    Scope inner = call.scope();
                                    return world.executing(call.run(), value, () -> {
                                        TaskFuture<String> before =
                                                start(program.below().get(0), text, inner);
                                        if (call.run().attempt() == 1) {
                                            surroundings.nap(1000);
                                        }
                                        return before.join();
                                    });
                                }),
                        value);
            default -> {
                Program body =
                        program.kind() == Program.Kind.SCOPE ? program.below().get(0) : program;
                int retries = program.kind() == Program.Kind.SCOPE ? n : 0;
                yield scope.call(
                        retries(retries)
                                .apply(spec("scope"))
                                .scope(call -> world.executing(
                                        call.run(), value, () -> run(body, text, call.scope(), call.run()))),
                        value);
            }
        };
    }

    /** Books what it is called with in the world; the answer is lost as often as it is said. The world can be asked. */
    private Once<String> effect(Program program) {
        TaskSpec<String> leaf = spec("effect").leaf(call -> {
            String value = call.<String>arg(0);
            world.book(call.taskContext().effectId(), value);
            world.mayFail(program.id(), program.n());
            return value;
        });
        return Once.of(leaf, OUTCOME)
                .settle(surroundings.settle())
                .reconcile(
                        new TypeRef<Optional<String>>() {},
                        call -> world.booked(call.taskContext().effectId()));
    }

    /** What everyone answers to a question, also to the one what became of an effect. */
    static Object answerTo(PendingInterrupt<?, ?> question, World world) {
        return question.value() instanceof UnknownOutcome what
                ? world.booked(what.effectId()).map(Resolution::succeeded).orElseGet(Resolution::runAgain)
                : answer(String.valueOf(question.value()));
    }

    private static UnaryOperator<TaskSpec.Builder<String>> retries(int n) {
        RetryPolicy policy = RetryPolicy.builder()
                .maxAttempts(n + 1)
                .initialInterval(Duration.ofNanos(300_000))
                .jitter(false)
                .build();
        return n == 0 ? b -> b : b -> b.retry(policy);
    }

    private static TaskSpec.Builder<String> spec(String name) {
        return TaskSpec.of(name, TEXT).method("Random", name + "(String)").parameter("argument", TEXT);
    }
}
