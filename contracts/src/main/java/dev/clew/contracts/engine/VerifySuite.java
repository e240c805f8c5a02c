package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.LogRecord;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.json.JsonCodec;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.store.Namespace;
import dev.clew.store.Store;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import dev.clew.verify.ThreadVerdict;
import dev.clew.verify.Verdict;
import dev.clew.verify.VerifyOptions;
import dev.clew.verify.VerifyReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether code fits the threads that are stored is found out without touching them. */
@Timeout(30)
public abstract class VerifySuite extends EngineSuite {
    private static final InterruptKey<String, String> OK = InterruptKey.of("ok", String.class, String.class);

    /** Another type than what is stored. */
    public record Draft(String text, int words) {}

    private final Lab.Body drafting = (input, calls, run) -> {
        String draft = calls.task("draft", input, s -> s + "!").join();
        return draft + run.interrupt(OK, draft);
    };

    private Lab asking() throws Exception {
        Lab lab = lab(Durability.SYNC).body(drafting);
        lab.workflow().invoke("a", RunConfig.thread("one").runId("r"));
        lab.workflow().invoke("b", RunConfig.thread("two").runId("r"));
        lab.workflow().invoke("c", RunConfig.thread("over").runId("r"));
        lab.workflow().invoke(Command.resume("."), RunConfig.thread("over"));
        return lab;
    }

    private static ThreadVerdict only(VerifyReport report) {
        assertThat(report.threads()).hasSize(1);
        return report.threads().get(0);
    }

    private static ThreadVerdict of(Lab lab, String thread) {
        return lab.graph().verify().threads().stream()
                .filter(each -> each.threadId().equals(thread))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void threadsThatWaitFitSoFar() throws Exception {
        VerifyReport report = asking().graph().verify();

        assertThat(report.threads()).extracting(ThreadVerdict::threadId).containsExactly("one", "two");
        assertThat(report.threads()).extracting(ThreadVerdict::verdict).containsOnly(Verdict.FITS_SO_FAR);
        assertThat(report.threads().get(0).detail()).contains("waits for answers to 'ok' at ask:ok#1");
        assertThat(report.threads().get(0).status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(report.exitCode()).isZero();
        assertThat(report.text()).contains("2 threads").contains("FITS_SO_FAR  2");
        assertThat(report.json()).contains("\"verdict\":\"FITS_SO_FAR\"");
    }

    @Test
    void codeThatCallsSomethingElseDiffers() throws Exception {
        Lab lab = asking();
        lab.body((input, calls, run) -> {
            String checked = calls.task("check", input, s -> s).join();
            return calls.task("draft", checked, s -> s + "!").join() + run.interrupt(OK, checked);
        });

        VerifyReport report = lab.graph().verify();

        assertThat(report.count(Verdict.DIFFERS)).isEqualTo(2);
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.threads().get(0).detail())
                .contains("task:draft#1")
                .contains("task:check#1")
                .containsPattern("\\[\\w+\\.java:\\d+]");
        assertThat(report.text()).contains("DIFFERS: thread 'one' (Lab.run, INTERRUPTED)");
    }

    @Test
    void changeThatIsGuardedFits() throws Exception {
        Lab lab = asking();
        lab.body((input, calls, run) -> {
            String checked =
                    run.patched("check") ? calls.task("check", input, s -> s).join() : input;
            String draft = calls.task("draft", checked, s -> s + "!").join();
            return draft + run.interrupt(OK, draft);
        });

        assertThat(lab.graph().verify().count(Verdict.FITS_SO_FAR)).isEqualTo(2);
    }

    @Test
    void nothingIsExecutedWrittenOrClaimed() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body(drafting);
        lab.workflow().invoke("a", RunConfig.thread("one").runId("r"));
        List<String> before = contents(store);
        lab.body((input, calls, run) -> calls.task("other", input, s -> s).join());
        int ran = lab.ran().size();

        VerifyReport report = lab.graph().verify();

        assertThat(only(report).verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(contents(store)).isEqualTo(before);
        assertThat(lab.ran()).hasSize(ran);
        lab.body(drafting);
        RunResult<String> resumed = lab.workflow().invoke(Command.resume("."), RunConfig.thread("one"));
        assertThat(resumed.value()).isEqualTo("a!.");
    }

    private static List<String> contents(Checkpointer store) {
        List<String> all = new ArrayList<>();
        all.add(store.thread("one").orElseThrow().toString());
        List<LogRecord> log = new ArrayList<>();
        store.scan("one", "r", 0, log::add);
        log.forEach(record -> all.add(record.seq() + " " + record.bytes().length));
        return all;
    }

    @Test
    void crashedRunFitsUpToWhatItWouldExecute() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            String one = calls.task("one", input, s -> s + "1").join();
            return calls.task("two", one, s -> {
                        reached.countDown();
                        never.await();
                        return s;
                    })
                    .join();
        });
        lab.workflow().invokeAsync("x", T);
        reached.await();
        lab.crash();

        ThreadVerdict crashed = only(lab.graph().verify());

        assertThat(crashed.verdict()).isEqualTo(Verdict.FITS);
        assertThat(crashed.detail()).contains("would execute").contains("task:two#1");
        assertThat(crashed.status()).isIn(ThreadStatus.RUNNING, ThreadStatus.CRASHED);
    }

    @Test
    void runThatExecutesElsewhereIsJudgedAsFarAsItIsStored() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            String one = calls.task("one", input, s -> s + "1").join();
            return calls.task("two", one, s -> {
                        reached.countDown();
                        goOn.await();
                        return s + "2";
                    })
                    .join();
        });
        var result = lab.workflow().invokeAsync("x", T);
        reached.await();

        assertThat(only(lab.graph().verify()).verdict()).isEqualTo(Verdict.FITS);

        goOn.countDown();
        assertThat(result.join().value()).isEqualTo("x12");
    }

    @Test
    void sleepingRunFitsSoFar() throws Exception {
        Lab lab = lab(Durability.SYNC)
                .options(graph -> graph.parkAfter(Duration.ofMillis(1)))
                .body((input, calls, run) -> {
                    run.sleep(Duration.ofHours(1));
                    return input;
                });
        lab.workflow().invokeAsync("x", T);
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);

        ThreadVerdict asleep = only(lab.graph().verify());

        assertThat(asleep.verdict()).isEqualTo(Verdict.FITS_SO_FAR);
        assertThat(asleep.detail()).startsWith("waits until ");
    }

    @Test
    void valueOfAnotherTypeIsUnreadable() throws Exception {
        Lab lab = asking();
        TaskSpec<Draft> typed = TaskSpec.of("draft", TypeRef.of(Draft.class))
                .method("Lab", "draft(String)")
                .parameter("argument", TypeRef.of(String.class))
                .leaf(call -> new Draft("", 0));
        lab.body((input, calls, run) -> calls.raw().call(typed, input).join().text() + run.interrupt(OK, input));

        ThreadVerdict changed = of(lab, "one");

        assertThat(changed.verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(changed.detail()).contains("task:draft#1");
    }

    @Test
    void questionWithOtherContentIsAskedAnew() throws Exception {
        Lab lab = asking();
        lab.body((input, calls, run) -> {
            String draft = calls.task("draft", input, s -> s + "!").join();
            return draft + run.interrupt(OK, "please approve " + draft);
        });

        ThreadVerdict anew = of(lab, "one");

        assertThat(anew.verdict()).isEqualTo(Verdict.ASKS_ANEW);
        assertThat(anew.detail()).contains("ask:ok#1");
        assertThat(lab.graph().verify().exitCode()).isEqualTo(2);
    }

    @Test
    void scopeThatWritesToTheStoreIsNotJudged() throws Exception {
        Lab lab = asking();
        Namespace notes = Namespace.of("notes");
        lab.options(graph -> graph.store(Store.inMemory())).body((input, calls, run) -> {
            run.store().put(notes, input, "seen");
            return drafting.run(input, calls, run);
        });

        ThreadVerdict writes = of(lab, "one");

        assertThat(writes.verdict()).isEqualTo(Verdict.UNJUDGED);
        assertThat(writes.detail()).contains("writes 'a'").contains("in each replay");
    }

    @Test
    void runWhoseContextIsMissingIsNotJudged() throws Exception {
        Lab lab = lab(Durability.SYNC);
        Lab.Body body = drafting;
        lab.spec(WorkflowSpec.of("Lab.run", TypeRef.of(String.class), TypeRef.of(String.class))
                .context(Integer.class)
                .body(call -> body.run(call.<String>arg(0), lab.calls(call.scope()), call.run())
                        + call.context(Integer.class)));
        lab.workflow().invoke("a", T.context(1));

        assertThat(only(lab.graph().verify()).verdict()).isEqualTo(Verdict.UNJUDGED);
    }

    @Test
    void threadsAreChosen() throws Exception {
        Lab lab = asking();
        VerifyReport first = lab.graph().verify(VerifyOptions.all().sample(1));
        assertThat(only(first).threadId()).isEqualTo("one");
        assertThat(lab.graph().verify(VerifyOptions.all().workflow("Other")).threads())
                .isEmpty();
        assertThat(lab.graph()
                        .verify(VerifyOptions.all().status(ThreadStatus.SLEEPING))
                        .threads())
                .isEmpty();

        lab.workflow().invoke("d", RunConfig.thread("later").runId("r"));

        assertThat(lab.graph().verify(VerifyOptions.since(first)).threads())
                .extracting(ThreadVerdict::threadId)
                .containsExactly("later");
    }

    @Test
    void whatARunningRunHasAddedSinceIsVerifiedAgain() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Lab lab = asking();
        lab.body((input, calls, run) -> calls.task("one", input, s -> {
                    reached.countDown();
                    goOn.await();
                    return s;
                })
                .join());
        var running = lab.workflow().invokeAsync("x", T);
        reached.await();
        VerifyReport first = lab.graph().verify();

        assertThat(lab.graph().verify(VerifyOptions.since(first)).threads())
                .extracting(ThreadVerdict::threadId)
                .containsExactly("t");

        goOn.countDown();
        assertThat(running.join().value()).isEqualTo("x");
    }

    @Test
    void manyThreadsAreToldInTheirOrder() throws Exception {
        Lab lab = lab(Durability.ASYNC).body(drafting);
        List<String> threads = new ArrayList<>();
        for (int i = 100; i < 225; i++) {
            threads.add("thread " + i);
            lab.workflow().invoke("a", RunConfig.thread("thread " + i));
        }

        VerifyReport report = lab.graph().verify();

        assertThat(report.threads()).extracting(ThreadVerdict::threadId).isEqualTo(threads);
        assertThat(report.count(Verdict.FITS_SO_FAR)).isEqualTo(125);
        assertThat(lab.graph().verify(VerifyOptions.all().sample(103)).threads())
                .extracting(ThreadVerdict::threadId)
                .isEqualTo(threads.subList(0, 103));
    }

    @Test
    void encryptedThreadsNeedTheirKeys() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).options(graph -> graph.codec(encrypting(1)));
        lab.body(drafting).workflow().invoke("a", T);
        assertThat(only(lab.graph().verify()).verdict()).isEqualTo(Verdict.FITS_SO_FAR);

        Lab other =
                opened(new Lab(new SecondDoor(store), Durability.SYNC)).options(graph -> graph.codec(encrypting(2)));
        ThreadVerdict closed = only(other.body(drafting).graph().verify());

        assertThat(closed.verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(closed.detail()).contains("key");
    }

    private static Codec encrypting(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return EncryptingCodec.builder(JsonCodec.standard())
                .key("k" + key, new SecretKeySpec(bytes, "AES"))
                .build();
    }

    @Test
    void damagedThreadIsNotJudgedAndHoldsUpNoOther() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body(drafting);
        lab.workflow().invoke("a", RunConfig.thread("damaged"));
        lab.workflow().invoke("b", RunConfig.thread("sound"));
        Checkpointer hole = new ForwardingCheckpointer(store) {
            @Override
            public void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer) {
                super.scan(threadId, runId, fromSeq, record -> {
                    if (!threadId.equals("damaged") || record.seq() != 0) {
                        consumer.accept(record);
                    }
                });
            }
        };

        VerifyReport report =
                opened(new Lab(hole, Durability.SYNC)).body(drafting).graph().verify();

        assertThat(report.threads())
                .extracting(ThreadVerdict::verdict)
                .containsExactly(Verdict.UNJUDGED, Verdict.FITS_SO_FAR);
        assertThat(report.exitCode()).isEqualTo(2);
    }
}
