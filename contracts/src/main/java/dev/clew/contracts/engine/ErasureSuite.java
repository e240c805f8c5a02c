package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.Stores;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.queue.QueueQuery;
import dev.clew.schedule.Every;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ErasureReport;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadSummary;
import dev.clew.store.Namespace;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import dev.clew.task.CachePolicy;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is stored about a subject is erased, wherever it has got to, and nothing of others. */
@Timeout(60)
public abstract class ErasureSuite extends EngineSuite {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final Lab.Body ASKING =
            (input, calls, run) -> calls.task("shout", input, s -> s + "!").join() + run.interrupt("ok?");

    private static RunConfig about(String subject, String thread) {
        return RunConfig.thread(thread).subject(subject);
    }

    private static List<String> threads(Lab lab) {
        return lab.graph().threads(ThreadQuery.all()).stream()
                .map(ThreadSummary::threadId)
                .toList();
    }

    // --- threads ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void threadsOfTheSubjectAreErasedWhateverTheyDo(Durability durability) throws Exception {
        Lab lab = lab(durability).body(ASKING);
        lab.workflow().invoke("a", about("ann", "asks"));
        lab.workflow().invoke("b", about("ann", "ended"));
        lab.workflow().invoke(Command.resume("."), RunConfig.thread("ended"));
        lab.workflow().invoke("c", about("ann", "cancelled"));
        lab.workflow().cancel("cancelled");
        lab.workflow().updateState(about("ann", "by hand"), "value");
        lab.workflow().invoke("d", about("bob", "bob's"));
        lab.workflow().invoke("e", RunConfig.thread("nobody's"));

        ErasureReport report = lab.restart().graph().erase("ann");

        assertThat(report.threads()).isEqualTo(4);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.text()).contains("4 threads").contains("backups");
        assertThat(threads(lab)).containsExactly("bob's", "nobody's");
        assertThat(lab.workflow().history(RunConfig.thread("ended"))).isEmpty();
        assertThat(lab.graph().erase("ann").threads()).isZero();
        assertThat(lab.workflow()
                        .invoke(Command.resume("."), RunConfig.thread("bob's"))
                        .value())
                .isEqualTo("d!.");
    }

    @Test
    void forksCopiesEditsAndLaterRunsAreAboutTheSameSubject() throws Exception {
        Lab lab = lab(Durability.SYNC).body(ASKING);
        Workflow<String, String> workflow = lab.workflow();
        for (String thread : List.of("continued", "forked", "edited", "pruned")) {
            workflow.invoke("a", about("ann", thread));
            workflow.invoke(Command.resume("."), RunConfig.thread(thread));
        }
        workflow.invoke("b", RunConfig.thread("continued"));
        workflow.fork(RunConfig.thread("forked"), ForkPoint.before("task:shout#1"));
        workflow.updateState(RunConfig.thread("edited"), "by hand");
        workflow.invoke("b", RunConfig.thread("pruned"));
        lab.graph().copyThread("continued", "copy");
        assertThat(lab.graph().keepLast("pruned", 1)).isZero();
        workflow.invoke(Command.resume("."), RunConfig.thread("pruned"));
        assertThat(lab.graph().keepLast("pruned", 1)).isEqualTo(1);

        assertThat(lab.graph().erase("ann").threads()).isEqualTo(5);

        assertThat(threads(lab)).isEmpty();
    }

    @Test
    void threadIsAboutOneSubject() throws Exception {
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> input);
        lab.workflow().invoke("a", T);
        lab.workflow().invoke("b", T.subject("ann"));

        assertThatThrownBy(() -> lab.workflow().invoke("c", T.subject("bob")))
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.OTHER_SUBJECT));
        assertThatThrownBy(() -> lab.workflow().updateState(T.subject("bob"), "x"))
                .isInstanceOf(RequestRefusedException.class);

        assertThat(lab.workflow().state(T).value()).contains("b");
        assertThat(lab.graph().erase("bob").threads()).isZero();
        assertThat(lab.graph().erase("ann").threads()).isEqualTo(1);
    }

    // --- others who have something of it ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void childrenOnThreadsOfTheirOwnAreErased(Durability durability) throws Exception {
        AtomicReference<Workflow<String, String>> child = new AtomicReference<>();
        Lab lab = opened(new Lab(newStore(), durability) {
                    @Override
                    protected void opened() {
                        child.set(graph().add(WorkflowSpec.of("Lab.child", TEXT, TEXT)
                                .body(call -> call.<String>arg(0) + call.run().interrupt("child?"))));
                    }
                })
                .body((input, calls, run) -> run.child(child.get())
                        .on(RunConfig.thread("child of " + run.threadId()))
                        .start(input)
                        .join());
        lab.workflow().invokeAsync("a", about("ann", "parent"));
        lab.workflow().invokeAsync("b", RunConfig.thread("other"));
        Eventually.until(() ->
                lab.graph().threads(ThreadQuery.all().workflow("Lab.child")).size() == 2);

        lab.restart().graph().erase("ann");

        assertThat(threads(lab)).containsExactlyInAnyOrder("other", "child of other");
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "ASYNC"})
    void ownerElsewhereIsShutOut(Durability durability) throws Exception {
        Checkpointer store = newStore();
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Lab owner = opened(new Lab(new SecondDoor(store), durability)).body((input, calls, run) -> {
            String first = calls.task("first", input, s -> s + "1").join();
            return calls.task("second", first, s -> {
                        reached.countDown();
                        boolean interrupted = false;
                        while (goOn.getCount() > 0) {
                            try {
                                goOn.await();
                            } catch (InterruptedException cancelled) {
                                interrupted = true;
                            }
                        }
                        return s + interrupted;
                    })
                    .join();
        });
        CompletableFuture<?> running = owner.workflow().invokeAsync("a", about("ann", "t"));
        reached.await();
        Lab other = opened(new Lab(new SecondDoor(store), durability)).body(ASKING);
        Eventually.until(() -> other.workflow().state(T).runId() != null);

        assertThat(other.graph().erase("ann").threads()).isEqualTo(1);
        goOn.countDown();

        Eventually.until(running::isDone);
        assertThat(running).isCompletedExceptionally();
        assertThat(threads(other)).isEmpty();
        assertThat(store.thread("t")).isEmpty();
    }

    @Test
    void runThatExecutesHereIsCancelled() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> calls.task("waits", input, s -> {
                            reached.countDown();
                            never.await();
                            return s;
                        })
                        .join());
        CompletableFuture<?> running = lab.workflow().invokeAsync("a", about("ann", "t"));
        reached.await();

        assertThat(lab.graph().erase("ann").threads()).isEqualTo(1);

        Eventually.until(running::isDone);
        assertThat(running).isCompletedExceptionally();
        assertThat(threads(lab)).isEmpty();
    }

    // --- what has not begun ---

    @Test
    void queuedRunsAreRemoved() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body(ASKING);
        lab.workflow().enqueue("a", about("ann", "one").queue("q"));
        lab.workflow().enqueue("b", RunConfig.thread("one").queue("q"));
        lab.workflow().enqueue("c", about("ann", "two").queue("q").delay(Duration.ofHours(1)));
        lab.workflow().enqueue("d", about("bob", "three").queue("q"));
        lab.workflow().invoke("e", about("ann", "four"));
        lab.workflow().enqueue("f", RunConfig.thread("four").queue("q"));

        ErasureReport report = lab.graph().erase("ann");

        assertThat(report.queuedRuns()).isEqualTo(4);
        assertThat(report.threads()).isEqualTo(1);
        assertThat(store.queue().list(QueueQuery.all()))
                .extracting(row -> row.request().threadId())
                .containsExactly("three");
    }

    @Test
    void schedulesAreDeleted() throws Exception {
        Lab lab = lab(Durability.SYNC).body(ASKING);
        Every hourly = Every.of(Duration.ofHours(1));
        lab.workflow()
                .schedule("ann's", hourly, "a", RunConfig.none().queue("q").subject("ann"));
        lab.workflow()
                .schedule("bob's", hourly, "b", RunConfig.none().queue("q").subject("bob"));

        assertThat(lab.graph().erase("ann").schedules()).isEqualTo(1);

        assertThat(lab.graph().schedules()).extracting(each -> each.name()).containsExactly("bob's");
    }

    // --- beside the checkpointer ---

    @Test
    void documentsOfItsNamespacesAreDeleted() throws Exception {
        Stores stores = newStores(Clock.systemUTC());
        Store documents = stores.documents(StoreOptions.defaults());
        Lab lab = opened(new Lab(stores.checkpointer(), Durability.SYNC))
                .options(graph -> graph.store(documents)
                        .subjectNamespaces(
                                subject -> List.of(Namespace.of("users", subject), Namespace.of("mail", subject))))
                .body(ASKING);
        documents.put(Namespace.of("users", "ann"), "name", Map.of("text", "Ann"));
        documents.put(Namespace.of("users", "ann", "notes"), "1", Map.of("text", "rain"));
        documents.put(Namespace.of("mail", "ann"), "1", Map.of("text", "hello"));
        documents.put(Namespace.of("users", "anna"), "name", Map.of("text", "Anna"));

        assertThat(lab.graph().erase("ann").documents()).isEqualTo(3);

        assertThat(documents.listNamespaces()).containsExactly(Namespace.of("users", "anna"));
    }

    @Test
    void cachedResultsOfASubjectAreItsOwnAndAreDropped() throws Exception {
        Stores stores = newStores(Clock.systemUTC());
        Lab lab = opened(new Lab(stores.checkpointer(), Durability.SYNC))
                .options(graph -> graph.cache(stores.cache()))
                .body((input, calls, run) -> calls.task(
                                "shout",
                                spec -> spec.method("Lab", "shout(String)").cache(CachePolicy.of("1")),
                                input,
                                s -> s + "!")
                        .join());
        lab.workflow().invoke("hi", RunConfig.thread("1"));
        lab.workflow().invoke("hi", about("ann", "2"));
        lab.workflow().invoke("hi", about("ann", "3"));
        lab.workflow().invoke("hi", RunConfig.thread("4"));
        assertThat(lab.ran("shout")).as("one for all, one for ann").isEqualTo(2);

        lab.graph().erase("ann");

        lab.workflow().invoke("hi", about("ann", "5"));
        assertThat(lab.ran("shout")).isEqualTo(3);
    }

    // --- what goes wrong ---

    @Test
    void erasureThatWasCutOffIsEndedByTheNext() throws Exception {
        int[] deletions = {0};
        Checkpointer failing = new ForwardingCheckpointer(newStore()) {
            @Override
            protected void before(String call) {
                if (call.equals("delete") && ++deletions[0] == 3) {
                    throw new CheckpointException("the disk is full");
                }
            }
        };
        Lab lab = opened(new Lab(failing, Durability.SYNC)).body(ASKING);
        for (int i = 0; i < 5; i++) {
            lab.workflow().invoke("a", about("ann", "thread " + i));
        }
        assertThatThrownBy(() -> lab.graph().erase("ann")).isInstanceOf(CheckpointException.class);
        assertThat(threads(lab)).isNotEmpty();

        lab.graph().erase("ann");

        assertThat(threads(lab)).isEmpty();
    }

    @Test
    void whatAnotherKeyProtectsIsReportedAndLeft() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body(ASKING).options(graph -> graph.codec(encrypting(1)));
        lab.workflow().invoke("a", about("ann", "t"));

        Lab other =
                opened(new Lab(new SecondDoor(store), Durability.SYNC)).options(graph -> graph.codec(encrypting(2)));
        ErasureReport report = other.body(ASKING).graph().erase("ann");
        assertThat(report.isComplete()).isFalse();
        assertThat(report.unreadable()).singleElement().asString().contains("thread 't'");
        assertThat(report.text()).contains("could not be read");

        assertThat(lab.graph().erase("ann").threads()).isEqualTo(1);
    }

    private static Codec encrypting(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return EncryptingCodec.builder(JsonCodec.standard())
                .key("k" + key, new SecretKeySpec(bytes, "AES"))
                .build();
    }
}
