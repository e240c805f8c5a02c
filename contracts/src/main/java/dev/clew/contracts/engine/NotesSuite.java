package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.flow.Durability;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ForkPoint;
import dev.clew.state.StepKind;
import dev.clew.task.IllegalStepException;
import dev.clew.task.RetryPolicy;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scope notes values beside its calls, once for each key; replays and new attempts get what was noted. */
@Timeout(20)
public abstract class NotesSuite extends EngineSuite {
    /** What a graph records of a superstep, for instance. */
    public record Plan(int number, List<String> nodes) {}

    private static final TypeRef<Plan> PLAN = TypeRef.of(Plan.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private final AtomicInteger made = new AtomicInteger();

    private Plan plan(Lab.Calls calls, String node) {
        return calls.raw().note("plan", PLAN, () -> new Plan(made.incrementAndGet(), new ArrayList<>(List.of(node))));
    }

    private static RetryPolicy twice() {
        return RetryPolicy.builder()
                .maxAttempts(2)
                .initialInterval(Duration.ofMillis(1))
                .build();
    }

    private String asking(String input, Lab.Calls calls, Run run) {
        Plan plan = plan(calls, input);
        String drafted = calls.task("draft", input, s -> s + "!").join();
        return plan + " " + drafted + " " + run.interrupt("ok?");
    }

    private List<LogEntry> entries(Checkpointer store, String thread, String run) {
        List<LogRecord> records = new ArrayList<>();
        store.scan(thread, run, 0, records::add);
        return records.stream()
                .map(record -> EntryFormat.read(record.bytes(), "entry"))
                .toList();
    }

    private Stream<LogEntry.Noted> notes(Checkpointer store, String thread) {
        String run = store.thread(thread).orElseThrow().head().runId();
        return entries(store, thread, run).stream()
                .filter(LogEntry.Noted.class::isInstance)
                .map(LogEntry.Noted.class::cast);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void replayGetsWhatWasNoted(Durability durability) throws Exception {
        Lab lab = opened(new Lab(newStore(), durability)).body(this::asking);
        lab.workflow().invoke("a", T);

        String result =
                lab.restart().workflow().invoke(Command.resume("yes"), T).value();

        assertThat(result).isEqualTo("Plan[number=1, nodes=[a]] a! yes");
        assertThat(made).hasValue(1);
        assertThat(lab.workflow().state(T).steps()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void eachScopeHasItsOwnNotes(Durability durability) throws Exception {
        Lab lab = opened(new Lab(newStore(), durability)).body((input, calls, run) -> {
            Plan outer = plan(calls, "outer");
            String inner = calls.scope("inner", input, (s, below, r) -> plan(below, "inner") + "" + r.interrupt("ok?"))
                    .join();
            return outer + " " + inner;
        });
        lab.workflow().invoke("a", T);

        String result =
                lab.restart().workflow().invoke(Command.resume("yes"), T).value();

        assertThat(result).isEqualTo("Plan[number=1, nodes=[outer]] Plan[number=2, nodes=[inner]]yes");
        assertThat(made).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void valueIsACopyOfWhatWasMade(Durability durability) throws Exception {
        AtomicReference<Plan> original = new AtomicReference<>();
        Lab lab = opened(new Lab(newStore(), durability)).body((input, calls, run) -> {
            Plan noted = calls.raw().note("plan", PLAN, () -> {
                original.set(new Plan(1, new ArrayList<>(List.of("a"))));
                return original.get();
            });
            original.get().nodes().add("changed later");
            return noted.toString() + calls.raw().note("plan", PLAN, () -> new Plan(2, List.of()));
        });

        String result = lab.workflow().invoke("a", T).value();

        assertThat(result).isEqualTo("Plan[number=1, nodes=[a]]Plan[number=1, nodes=[a]]");
    }

    @Test
    void runThatStoresNothingKeepsItsNotes() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Lab lab = opened(new Lab(null, Durability.SYNC))
                .body((input, calls, run) -> calls.scope("twice", task -> task.retry(twice()), input, (s, below, r) -> {
                            Plan plan = plan(below, s);
                            if (attempts.incrementAndGet() == 1) {
                                throw new IOException("the first attempt fails");
                            }
                            return plan.toString();
                        })
                        .join());

        assertThat(lab.workflow().invoke("a", RunConfig.none()).value()).isEqualTo("Plan[number=1, nodes=[a]]");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void newAttemptOfAFailedRunGetsWhatWasNoted(Durability durability) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Lab lab = opened(new Lab(newStore(), durability)).body((input, calls, run) -> {
            Plan plan = plan(calls, input);
            return plan
                    + calls.task("flaky", input, s -> {
                                if (attempts.incrementAndGet() == 1) {
                                    throw new IllegalStateException("the first attempt fails");
                                }
                                return s;
                            })
                            .join();
        });
        assertThatThrownBy(() -> lab.workflow().invoke("a", T)).isInstanceOf(WorkflowFailedException.class);

        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("Plan[number=1, nodes=[a]]a");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void codeMayAddAndDropNotesUnderAParkedThread(Durability durability) throws Exception {
        Lab lab = opened(new Lab(newStore(), durability)).body(this::asking);
        lab.workflow().invoke("a", T);

        lab.body((input, calls, run) -> {
            String other = calls.raw().note("other", TEXT, () -> "new");
            return other + calls.task("draft", input, s -> s + "!").join() + run.interrupt("ok?");
        });

        assertThat(lab.workflow().invoke(Command.resume("yes"), T).value()).isEqualTo("newa!yes");
    }

    // --- where it is stored ---

    /** In EXIT mode a crash loses all that an activation wrote. */
    @Test
    void noteThatACrashLostIsMadeAgain() throws Exception {
        Gate gate = new Gate();
        Lab lab = opened(new Lab(newStore(), Durability.EXIT)).body((input, calls, run) -> {
            Object answer = run.interrupt("ok?");
            return answer + " " + plan(calls, input)
                    + calls.task("wait", input, gate::pass).join();
        });
        lab.workflow().invoke("a", T);
        lab.workflow().invokeAsync(Command.resume("yes"), T);
        gate.awaitArrival();

        lab.crash();
        gate.open();

        assertThat(lab.workflow().invoke(Command.resume("again"), T).value())
                .isEqualTo("again Plan[number=2, nodes=[a]]a");
    }

    @ParameterizedTest
    @EnumSource(names = {"SYNC", "ASYNC"})
    void noteIsInTheLogBeforeWhatWasCalledAfterIt(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, durability)).body(this::asking);
        lab.workflow().invoke("a", T.runId("one"));

        List<LogEntry> log = entries(store, "t", "one");

        assertThat(log.get(0)).isInstanceOf(LogEntry.Noted.class);
        assertThat(log.get(1)).isInstanceOf(LogEntry.Succeeded.class);
        lab.crash();
        assertThat(lab.workflow().invoke(Command.resume("yes"), T).value()).startsWith("Plan[number=1,");
    }

    @Test
    void onlyOutcomesAreSyncedByThemselves() throws Exception {
        List<String> written = new CopyOnWriteArrayList<>();
        Checkpointer store = new ForwardingCheckpointer(newStore()) {
            @Override
            public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
                for (LogRecord record : write.log()) {
                    LogEntry entry = EntryFormat.read(record.bytes(), "entry");
                    written.add(entry.getClass().getSimpleName() + (durable ? ", synced" : ""));
                }
                return super.write(claim, write, durable);
            }
        };
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .body((input, calls, run) -> calls.scope(
                                "scope",
                                input,
                                (s, below, r) -> plan(below, s)
                                        + below.task("leaf", s, t -> t).join())
                        .join());

        lab.workflow().invoke("a", T);

        assertThat(written).containsExactly("Opened", "Noted", "Succeeded, synced", "Succeeded, synced");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void copyAndForkHaveTheNotes(Durability durability) throws Exception {
        Codec encrypting = EncryptingCodec.builder(JsonCodec.standard())
                .key("k1", new SecretKeySpec(new byte[32], "AES"))
                .build();
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, durability))
                .options(graph -> graph.codec(encrypting))
                .body(this::asking);
        lab.workflow().invoke("secret plan", T);

        assertThat(notes(store, "t").map(note -> new String(note.value(), StandardCharsets.UTF_8)))
                .singleElement()
                .asString()
                .doesNotContain("secret");
        lab.graph().copyThread("t", "copy");
        RunConfig branch = lab.workflow().fork(T, ForkPoint.after("task:draft#1"));

        assertThat(lab.workflow()
                        .invoke(Command.resume("yes"), RunConfig.thread("copy"))
                        .value())
                .isEqualTo("Plan[number=1, nodes=[secret plan]] secret plan! yes");
        lab.workflow().invoke(Command.proceed(), branch);
        assertThat(lab.workflow().invoke(Command.resume("yes"), T).value())
                .isEqualTo("Plan[number=1, nodes=[secret plan]] secret plan! yes");
        assertThat(made).hasValue(1);
    }

    // --- rules ---

    @Test
    void noteInsideALeafIsRefused() throws Exception {
        Lab lab = opened(new Lab(newStore(), Durability.SYNC))
                .body((input, calls, run) -> calls.task(
                                "leaf", input, s -> calls.raw().note("k", TEXT, () -> s))
                        .join());

        assertThatThrownBy(() -> lab.workflow().invoke("a", T))
                .cause()
                .isInstanceOf(IllegalStepException.class)
                .hasMessageContaining("note 'k'");
    }

    @Test
    void keyThatCannotBeStoredIsRefused() throws Exception {
        Lab lab = opened(new Lab(newStore(), Durability.SYNC))
                .body((input, calls, run) -> calls.raw().note("half \ud800", TEXT, () -> input));

        assertThatThrownBy(() -> lab.workflow().invoke("a", T)).hasMessageContaining("well-formed Unicode");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void nodeIsAStepOfItsOwnKind(Durability durability) throws Exception {
        TaskSpec<String> search = TaskSpec.of("search", TEXT).node().leaf(call -> {
            made.incrementAndGet();
            return "found";
        });
        Lab lab = opened(new Lab(newStore(), durability)).body((input, calls, run) -> {
            List<String> found = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                found.add(calls.raw().call(search).join());
            }
            return found + "" + run.interrupt("ok?");
        });
        lab.workflow().invoke("a", T);

        String result =
                lab.restart().workflow().invoke(Command.resume("yes"), T).value();

        assertThat(result).isEqualTo("[found, found, found]yes");
        assertThat(made).hasValue(3);
        assertThat(lab.workflow().state(T).step("node:search#3").orElseThrow().kind())
                .isEqualTo(StepKind.NODE);
    }
}
