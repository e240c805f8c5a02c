package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.effect.UndoDecision;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.json.JsonCodec;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.EncryptingCodec;
import dev.clew.verify.ThreadVerdict;
import dev.clew.verify.Verdict;
import dev.clew.verify.VerifyOptions;
import dev.clew.verify.VerifyReport;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Verify beside children on threads of their own, encryption, effects and undo. */
@Timeout(30)
public abstract class VerifyCrossingSuite extends UndoFixture {
    private static final InterruptKey<String, String> OK = InterruptKey.of("ok", String.class, String.class);
    private static final RunConfig OWN = RunConfig.thread("own");

    private final AtomicReference<Workflow<String, String>> child = new AtomicReference<>();

    private Lab.Body childBody =
            (input, calls, run) -> calls.task("inner", input, s -> s + "!").join() + run.interrupt(OK, "ok?");

    /** A parent whose child on a thread of its own asks. */
    private Lab withChild(Checkpointer store, Lab.Body parent) {
        Lab lab = new Lab(store, Durability.SYNC) {
            @Override
            protected void opened() {
                Lab self = this;
                child.set(graph().add(WorkflowSpec.of("Lab.child", TEXT, TEXT)
                        .body(call -> childBody.run(call.arg(0), self.calls(call.scope()), call.run()))));
            }
        };
        return opened(lab).body(parent);
    }

    private Lab.Body around(String task) {
        return (input, calls, run) -> {
            var own = run.child(child.get()).on(OWN).start(input);
            String beside = calls.task(task, input, s -> s + "?").join();
            return own.join() + beside;
        };
    }

    private Lab waiting() throws Exception {
        Lab lab = withChild(newStore(), around("beside"));
        var unused = lab.workflow().invokeAsync("a", T);
        Eventually.until(() -> child.get().state("own").status() == ThreadStatus.INTERRUPTED);
        Eventually.until(() -> lab.workflow().state(T).steps().stream()
                .anyMatch(step -> step.path().equals("task:beside#1")));
        return lab;
    }

    private static ThreadVerdict of(Lab lab, String thread) {
        return lab.graph().verify().threads().stream()
                .filter(each -> each.threadId().equals(thread))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void childOnAThreadOfItsOwnIsJudgedAsTheThreadThatItIs() throws Exception {
        Lab lab = waiting();

        assertThat(of(lab, "t").verdict()).isEqualTo(Verdict.FITS_SO_FAR);
        assertThat(of(lab, "t").detail()).contains("waits for a run of 'Lab.child' on another thread");
        assertThat(of(lab, "own").verdict()).isEqualTo(Verdict.FITS_SO_FAR);

        childBody = (input, calls, run) -> calls.task("other", input, s -> s).join();

        assertThat(of(lab, "t").verdict()).isEqualTo(Verdict.FITS_SO_FAR);
        assertThat(of(lab, "own").verdict()).isEqualTo(Verdict.DIFFERS);
    }

    @Test
    void whatAParentCallsBesideItsChildIsJudged() throws Exception {
        Lab lab = waiting();
        lab.crash();
        lab.body(around("other"));

        for (int i = 0; i < 20; i++) {
            ThreadVerdict parent = of(lab, "t");
            assertThat(parent.verdict()).as(parent.detail()).isEqualTo(Verdict.DIFFERS);
            assertThat(parent.detail()).contains("task:beside#1").contains("task:other#1");
        }
    }

    @Test
    void childThatIsNotOpenedYetIsNotOpened() throws Exception {
        Checkpointer store = newStore();
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Lab lab = withChild(store, (input, calls, run) -> {
            String one = calls.task("one", input, s -> s).join();
            return calls.task("slow", one, s -> {
                        reached.countDown();
                        never.await();
                        return s;
                    })
                    .join();
        });
        var unused = lab.workflow().invokeAsync("a", T);
        reached.await();
        lab.crash();
        lab.body((input, calls, run) -> {
            String one = calls.task("one", input, s -> s).join();
            return run.child(child.get()).on(OWN).start(one).join();
        });

        ThreadVerdict parent = of(lab, "t");

        assertThat(parent.detail()).contains("waits for a run of 'Lab.child' on another thread");
        assertThat(store.thread("own")).isEmpty();
    }

    // --- scopes that wait ---

    private Lab nested() throws Exception {
        return lab(Durability.SYNC)
                .body((input, calls, run) -> calls.scope("inner", input, (s, inner, r) -> {
                            String draft =
                                    inner.task("draft", s, text -> text + "!").join();
                            return draft + r.interrupt(OK, draft);
                        })
                        .join());
    }

    @Test
    void codeOfAScopeThatWaitsIsJudged() throws Exception {
        Lab lab = nested();
        lab.workflow().invoke("a", T);
        assertThat(of(lab, "t").verdict()).isEqualTo(Verdict.FITS_SO_FAR);

        lab.body((input, calls, run) -> calls.scope("inner", input, (s, inner, r) -> {
                    String other = inner.task("other", s, text -> text + "!").join();
                    return other + r.interrupt(OK, other);
                })
                .join());
        assertThat(of(lab, "t").verdict()).isEqualTo(Verdict.DIFFERS);

        lab.body((input, calls, run) -> calls.scope("inner", input, (s, inner, r) -> {
                    String draft = inner.task("draft", s, text -> text + "!").join();
                    return draft + r.interrupt(OK, "please approve " + draft);
                })
                .join());
        assertThat(of(lab, "t").verdict()).isEqualTo(Verdict.ASKS_ANEW);
    }

    @Test
    void encryptedParentAndChildNeedTheirKeys() throws Exception {
        Checkpointer store = newStore();
        Lab lab = withChild(store, around("beside")).options(graph -> graph.codec(encrypting(1)));
        var unused = lab.workflow().invokeAsync("a", T);
        Eventually.until(() -> child.get().state("own").status() == ThreadStatus.INTERRUPTED);
        Eventually.until(() -> lab.workflow().state(T).steps().stream()
                .anyMatch(step -> step.path().equals("task:beside#1")));

        assertThat(lab.graph().verify().count(Verdict.FITS_SO_FAR)).isEqualTo(2);
        Lab other = withChild(new SecondDoor(store), around("beside")).options(graph -> graph.codec(encrypting(2)));

        assertThat(other.graph().verify().count(Verdict.UNREADABLE)).isEqualTo(2);
        assertThat(other.graph().verify().exitCode()).isEqualTo(1);
    }

    private static EncryptingCodec encrypting(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return EncryptingCodec.builder(JsonCodec.standard())
                .key("k" + key, new SecretKeySpec(bytes, "AES"))
                .build();
    }

    // --- undo ---

    private Lab failed(TaskSpec<String> book) throws Exception {
        Lab lab = agency(Durability.SYNC, List.of(book), failing(book));
        assertThatThrownBy(() -> lab.workflow().invoke("x", RUN)).isInstanceOf(WorkflowFailedException.class);
        return lab;
    }

    @Test
    void undoThatAsksFitsSoFarAndOneThatIsOverIsNotJudged() throws Exception {
        boolean[] broken = {true};
        TaskSpec<String> book = book(cancelling((what, context) -> {
            if (broken[0]) {
                throw new IllegalStateException("no answer");
            }
            return "";
        }));
        Lab lab = failed(book);
        var question = undoFailed(lab.workflow().invoke(Command.undo(), T));

        ThreadVerdict asks = of(lab, "t");
        assertThat(asks.verdict()).as(asks.detail()).isEqualTo(Verdict.FITS_SO_FAR);
        assertThat(asks.detail()).contains("undo:book#2");
        agency(lab, List.of(), failing(book));
        ThreadVerdict gone = of(lab, "t");
        assertThat(gone.verdict()).as(gone.detail()).isEqualTo(Verdict.DIFFERS);
        assertThat(gone.detail()).contains("no task 'book' with undo");

        broken[0] = false;
        agency(lab, List.of(book), failing(book));
        assertThat(lab.workflow().invoke(Command.answers(question.answer(UndoDecision.again())), T))
                .isInstanceOf(RunResult.Undone.class);
        assertThat(lab.graph().verify().threads()).isEmpty();
        assertThat(lab.graph()
                        .verify(VerifyOptions.all().status(ThreadStatus.UNDONE))
                        .threads())
                .extracting(ThreadVerdict::verdict)
                .containsExactly(Verdict.FITS);
        assertThat(undone).hasSize(2);
    }

    @Test
    void copyOfAnUndoneRunIsFinalAsWell() throws Exception {
        Lab lab = failed(book());
        lab.workflow().invoke(Command.undo(), T);
        lab.graph().copyThread("t", "copy");

        VerifyReport report = lab.graph().verify(VerifyOptions.all().status(ThreadStatus.UNDONE));

        assertThat(report.threads()).extracting(ThreadVerdict::verdict).containsExactly(Verdict.FITS, Verdict.FITS);
    }

    @Test
    void undoWhoseProcessDiedFitsUpToWhatItWouldExecute() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskSpec<String> book = book(cancelling((what, context) -> {
            reached.countDown();
            never.await();
            return "";
        }));
        Lab lab = failed(book);
        var unused = lab.workflow().invokeAsync(Command.undo(), T);
        reached.await();
        lab.crash();

        ThreadVerdict undoing = of(lab, "t");

        assertThat(undoing.verdict()).as(undoing.detail()).isEqualTo(Verdict.FITS);
        assertThat(undoing.detail()).contains("would execute").contains("undo:book#2");
        assertThat(undone).isEmpty();
    }
}
