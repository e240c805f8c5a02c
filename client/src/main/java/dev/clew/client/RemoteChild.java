package dev.clew.client;

import dev.clew.client.wire.Doc;
import dev.clew.client.wire.Names;
import dev.clew.client.wire.Outcome;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenInterrupted;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server's workflow as a child of a body. Starting it, each look at it and each answer are steps; between two looks the caller is
 * parked. What it asks is asked by the caller.
 *
 * <p>All ids come from the caller's steps, so a caller that crashed finds the run that it had started.
 */
final class RemoteChild<I, O extends @Nullable Object> {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);

    /** How long a look waits. If the run is done by then, the caller does not park. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How long a step waits itself for a server that is away, before the engine parks the caller until the next attempt. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** Longer than what a graph holds a thread for by default, so that the caller of a long run is parked. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(90);

    private static final RetryPolicy WHILE_AWAY = RetryPolicy.builder()
            .maxAttempts(1_000)
            .initialInterval(Duration.ofSeconds(1))
            .maxInterval(Duration.ofSeconds(30))
            .retryIf(thrown -> thrown instanceof RemoteServerException away && away.isUnreachable())
            .build();

    private final RemoteRuns<O> runs;
    private final String name;
    private final TypeRef<I> inputType;
    private final Values<O> output;
    private final List<InterruptKey<?, ?>> keys;
    private final @Nullable RunConfig own;

    RemoteChild(
            RemoteRuns<O> runs,
            String name,
            TypeRef<I> inputType,
            Values<O> output,
            List<InterruptKey<?, ?>> keys,
            @Nullable RunConfig own) {
        this.runs = runs.patience(PATIENCE);
        this.name = name;
        this.inputType = inputType;
        this.output = output;
        this.keys = keys;
        this.own = own;
    }

    /** Starts it, and waits for its value. */
    WorkflowSpec<I, O> waiting() {
        return WorkflowSpec.of(name, inputType, output.type()).body(this::value);
    }

    /** Starts it, and gives its run's id. */
    WorkflowSpec<I, String> launched() {
        return WorkflowSpec.of(name, inputType, TEXT).body(call -> {
            Place place = Place.of(call.run(), own);
            start(call, place);
            return place.runId();
        });
    }

    /** The thread and the run that a caller's step stands for. */
    private record Place(String threadId, String runId, RunConfig config) {
        static Place of(Run run, @Nullable RunConfig own) {
            RunConfig given = own == null ? RunConfig.none() : own;
            String runId = given.runId().orElseGet(() -> Names.uuid(run.stepId()));
            String threadId = given.threadId().orElse(runId);
            RunConfig named = given.threadId().isPresent() ? given : configured(given, threadId);
            return new Place(
                    threadId,
                    runId,
                    named.runId(runId).metadata(CallerListener.CALLER, CallerListener.of(run.threadId(), run.runId())));
        }

        /** A configuration on a thread of its own: nobody else can have asked anything there. */
        private static RunConfig configured(RunConfig given, String threadId) {
            RunConfig config = RunConfig.thread(threadId)
                    .metadata(given.metadata())
                    .attributes(given.attributes())
                    .tags(given.tags().toArray(String[]::new))
                    .whenInterrupted(WhenInterrupted.ABANDON);
            RunConfig durable = given.durability().map(config::durability).orElse(config);
            return given.whenBusy().map(durable::whenBusy).orElse(durable);
        }

        /** A configuration for what follows the start. */
        RunConfig continued() {
            return RunConfig.thread(threadId).runId(runId).metadata(config.metadata());
        }
    }

    // --- steps ---

    private static <R> TaskFuture<R> leaf(TaskCall call, String name, TypeRef<R> type, TaskBody<R> body) {
        return call.scope()
                .call(TaskSpec.of(name, type)
                        .method("", name + "() -> " + type)
                        .retry(WHILE_AWAY)
                        .leaf(body));
    }

    private String start(TaskCall call, Place place) {
        Object input = inputType.rawType() == Void.class ? null : Values.plain(output.codec(), call.arg(0), inputType);
        return leaf(call, "start", TEXT, step -> {
                    RemoteRuns.Sent<String> sent = runs.start(input, place.config(), "enqueue", runs.background());
                    return sent.made() != null ? sent.made() : String.valueOf(sent.older());
                })
                .join();
    }

    /** How a request ended, as the caller's log keeps it. Empty text: it has not ended. */
    private String look(TaskCall call, Place place, String request) {
        return leaf(call, "look", TEXT, step -> {
                    Target target = runs.target(place.config());
                    Optional<Outcome> ended = runs.faults()
                            .of(target.threadId(), () -> runs.calls().await(target.thread(), request, LOOK));
                    return ended.map(RemoteChild::kept).orElse("");
                })
                .join();
    }

    private static String kept(Outcome outcome) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("status", outcome.status().name());
        kept.put("values", outcome.values().value());
        kept.put("questions", outcome.questions().stream().map(Doc::value).toList());
        kept.put("error", outcome.error());
        kept.put("message", outcome.message());
        return new Doc(kept).jsonText();
    }

    private static Outcome outcome(String kept) {
        Doc doc = Doc.parse(kept);
        return new Outcome(
                Outcome.Status.valueOf(doc.text("status").orElseThrow()),
                doc.get("values"),
                doc.get("questions").items(),
                doc.text("error").orElse(""),
                doc.text("message").orElse(""));
    }

    // --- the body ---

    @SuppressWarnings("NullAway") // null is a value like any other
    private O value(TaskCall call) {
        Run run = call.run();
        Place place = Place.of(run, own);
        String request = start(call, place);
        Duration pause = FIRST_PAUSE;
        while (true) {
            String seen = look(call, place, request);
            if (seen.isEmpty()) {
                run.sleep(pause);
                pause = longer(pause);
                continue;
            }
            Outcome outcome = outcome(seen);
            Target target = new Target(place.threadId(), place.threadId(), place.runId(), true, false);
            switch (outcome.status()) {
                case PAUSED -> {
                    String next = answered(call, place, request, outcome.questions(), pause);
                    // Until the server knows that a question lapsed, it says again that it asks.
                    pause = next.equals(request) ? longer(pause) : FIRST_PAUSE;
                    request = next;
                }
                case FAILED -> {
                    request = retried(call, place, request, outcome);
                    pause = FIRST_PAUSE;
                }
                default -> {
                    return runs.results().of(target, outcome, List.of()).value();
                }
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }

    /** A failure is the caller's. If the caller is told to proceed, so is the server's run. */
    private String retried(TaskCall call, Place place, String request, Outcome failed) {
        String note = "failed " + request;
        boolean wasThrown = call.scope().isNoted(note);
        if (!wasThrown) {
            String unused = call.scope().note(note, TEXT, () -> "");
        }
        return leaf(call, "retry", TEXT, step -> {
                    if (!wasThrown) {
                        throw new WorkflowFailedException(
                                "remote workflow '" + name + "', thread '" + place.threadId() + "',",
                                Results.failure(failed),
                                null);
                    }
                    String key = Names.uuid(step.taskContext().stepId() + " " + request);
                    RemoteRuns.Sent<String> sent =
                            runs.command(Command.proceed(), place.continued(), key, runs.background());
                    return sent.made() != null ? sent.made() : String.valueOf(sent.older());
                })
                .join();
    }

    // --- questions ---

    /** Asks all that the server's run asks, and sends the answers; gives the request that continues it. */
    private String answered(TaskCall call, Place place, String request, List<Doc> items, Duration pause) {
        List<PendingInterrupt<?, ?>> questions = runs.results().questions(items);
        List<TaskFuture<String>> asked = new ArrayList<>();
        for (PendingInterrupt<?, ?> question : questions) {
            asked.add(call.scope()
                    .call(
                            TaskSpec.of("ask", TEXT)
                                    .method("", "ask(String) -> String")
                                    .parameter("id", TEXT)
                                    .scope(step -> ask(step.run(), question)),
                            question.id()));
        }
        Map<String, @Nullable Object> answers = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            Doc answer = Doc.parse(asked.get(i).join());
            if (answer.has("answer")) {
                answers.put(questions.get(i).id(), answer.get("answer").value());
            }
        }
        if (answers.isEmpty()) {
            return next(call, place, request, pause);
        }
        return leaf(call, "answer", TEXT, step -> send(step, place, request, answers))
                .join();
    }

    /** Who continues it after a question that nobody answered in time: the same request, or that of another caller. */
    private String next(TaskCall call, Place place, String request, Duration pause) {
        call.run().sleep(pause);
        return leaf(call, "next", TEXT, step -> newest(place, request)).join();
    }

    private String newest(Place place, String request) {
        Target target = runs.target(place.continued());
        return runs.faults()
                .of(
                        target.threadId(),
                        () -> runs.newest(target)
                                .flatMap(found -> found.text("run_id"))
                                .orElse(request));
    }

    private String send(TaskCall step, Place place, String request, Map<String, @Nullable Object> answers) {
        Answer[] all = answers.entrySet().stream()
                .map(answer -> (Answer) Command.resume(answer.getKey(), answer.getValue()))
                .toArray(Answer[]::new);
        try {
            RemoteRuns.Sent<String> sent = runs.command(
                    Command.answers(all),
                    place.continued(),
                    Names.uuid(step.taskContext().stepId()),
                    runs.background());
            return sent.made() != null ? sent.made() : String.valueOf(sent.older());
        } catch (AnswerRefusedException refused) {
            // Answered by another caller, or not what the server takes: what it asks now is asked again.
            return newest(place, request);
        }
    }

    private String ask(Run run, PendingInterrupt<?, ?> question) {
        return keys.stream()
                .filter(key -> key.name().equals(question.name()))
                .findFirst()
                .map(key -> asked(run, key, question))
                .orElseGet(() -> asked(run, InterruptKey.of(question.name(), ANY, ANY), question));
    }

    private <Q, A> String asked(Run run, InterruptKey<Q, A> key, PendingInterrupt<?, ?> question) {
        Q value = Objects.requireNonNull(
                output.codec().decode(output.codec().encode(question.value(), ANY), key.questionType()));
        Optional<Duration> left = question.deadline().map(deadline -> Duration.between(run.now(), deadline));
        if (left.filter(time -> time.isNegative() || time.isZero()).isPresent()) {
            return "{}";
        }
        Optional<A> answer = left.isPresent()
                ? run.interrupt(key, value, left.get())
                : Optional.ofNullable(run.interrupt(key, value));
        if (answer.isEmpty()) {
            return left.isPresent() ? "{}" : "{\"answer\":null}";
        }
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("answer", Values.plain(output.codec(), answer.get(), key.answerType()));
        return new Doc(kept).jsonText();
    }
}
