package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.TaskContext;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.store.Item;
import dev.clew.store.Namespace;
import dev.clew.store.Store;
import dev.clew.store.StoreOptions;
import dev.clew.task.IllegalStepException;
import dev.clew.value.TypeRef;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store as tasks and scopes see it. */
public abstract class StoreSuite extends EngineSuite {
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final InterruptKey<String, String> OK = InterruptKey.of("ok", String.class, String.class);
    private static final RunConfig OTHER = RunConfig.thread("other");
    private static final Namespace NOTES = Namespace.of("users", "ann");

    public record Note(String text) {}

    /** An empty store of documents. */
    private Store newDocuments() throws Exception {
        return newStores(Clock.systemUTC()).documents(StoreOptions.defaults());
    }

    private static TaskSpec<String> leaf(String name, TaskBody<String> body) {
        return TaskSpec.of(name, TEXT)
                .method("Lab", name + "(String)")
                .parameter("argument", TEXT)
                .leaf(body);
    }

    private static String noteIn(Store store) {
        return store.get(NOTES, "k", Note.class)
                .map(Item::value)
                .map(Note::text)
                .orElse("nothing");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B164")
    @Tag("B258")
    void isTheSameObjectInBodiesTasksAndChildren(Durability durability) throws Exception {
        Store store = newDocuments();
        List<Store> seen = new CopyOnWriteArrayList<>();
        WorkflowSpec<String, String> child = WorkflowSpec.of("Lab.child", TEXT, TEXT)
                .body(call -> {
                    seen.add(call.run().store());
                    return call.arg(0);
                });
        Lab lab = lab(durability).options(graph -> graph.store(store)).body((input, calls, run) -> {
            seen.add(run.store());
            calls.raw()
                    .call(
                            leaf("leaf", call -> {
                                seen.add(call.taskContext().store());
                                return "done";
                            }),
                            input)
                    .join();
            calls.scope("scope", input, (in, inner, below) -> {
                        seen.add(below.store());
                        return in;
                    })
                    .join();
            return calls.raw().child(child, input).join();
        });

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("in");
        assertThat(seen).hasSize(4).allMatch(given -> given == store);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B259")
    void writesAreImmediateAndStayWhenTheRunFails(Durability durability) throws Exception {
        Store store = newDocuments();
        Lab lab = lab(durability).options(graph -> graph.store(store)).body((input, calls, run) -> {
            calls.raw().call(remember(), input).join();
            assertThat(noteIn(store)).isEqualTo(input);
            throw new IllegalStateException("too late");
        });

        assertThatThrownBy(() -> lab.workflow().invoke("umbrella", T)).isInstanceOf(WorkflowFailedException.class);
        assertThat(noteIn(store)).isEqualTo("umbrella");
    }

    private static TaskSpec<String> remember() {
        return leaf("remember", call -> {
            call.taskContext().store().put(NOTES, "k", new Note(call.arg(0)));
            return "remembered";
        });
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B259")
    void bodyRepeatsItsWritesOnReplayAndATaskDoesNot(Durability durability) throws Exception {
        Store store = newDocuments();
        List<String> written = new CopyOnWriteArrayList<>();
        TaskSpec<String> once = leaf("once", call -> {
            written.add("task");
            call.taskContext().store().put(NOTES, "task", new Note(call.arg(0)));
            return "done";
        });
        Lab lab = lab(durability).options(graph -> graph.store(store)).body((input, calls, run) -> {
            run.store().put(NOTES, "body", new Note(input));
            written.add("body");
            calls.raw().call(once, input).join();
            return run.interrupt(OK, "go on?");
        });
        lab.workflow().invoke("umbrella", T);
        store.delete(NOTES, "body");
        store.delete(NOTES, "task");

        assertThat(lab.restart().workflow().invoke(Command.resume("yes"), T).value())
                .isEqualTo("yes");
        assertThat(written).containsExactly("body", "task", "body");
        assertThat(store.get(NOTES, "body", Note.class)).isPresent();
        assertThat(store.get(NOTES, "task", Note.class)).isEmpty();
    }

    /** Memory across threads is what a store is for. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B259")
    void whatATaskReadIsRecordedAndOtherThreadsSeeWhatIsNew(Durability durability) throws Exception {
        Store store = newDocuments();
        TaskSpec<String> recall =
                leaf("recall", call -> noteIn(call.taskContext().store()));
        Lab lab = lab(durability).options(graph -> graph.store(store)).body((input, calls, run) -> {
            String recalled = calls.raw().call(recall, input).join();
            run.interrupt(OK, recalled);
            calls.raw().call(remember(), input).join();
            return recalled;
        });
        lab.workflow().invoke("umbrella", T);
        store.put(NOTES, "k", new Note("meanwhile"));

        assertThat(lab.restart().workflow().invoke(Command.resume("yes"), T).value())
                .isEqualTo("nothing");
        lab.workflow().invoke("boots", OTHER);
        assertThat(lab.workflow().invoke(Command.resume("yes"), OTHER).value()).isEqualTo("umbrella");
    }

    @Test
    void isMissedByName() throws Exception {
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> calls.raw().call(remember(), input).join());

        assertThatThrownBy(() -> lab.workflow().invoke("umbrella", T))
                .isInstanceOf(WorkflowFailedException.class)
                .hasStackTraceContaining("step 'task:remember#1'")
                .hasStackTraceContaining("thread 't'")
                .hasStackTraceContaining(".store(Store.inMemory())");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.FAILED);
    }

    @Test
    void isNotGivenToAnAttemptThatIsOver() throws Exception {
        AtomicReference<TaskContext> kept = new AtomicReference<>();
        Store store = newDocuments();
        Lab lab = lab(Durability.SYNC)
                .options(graph -> graph.store(store))
                .body((input, calls, run) -> calls.raw()
                        .call(
                                leaf("leaf", call -> {
                                    kept.set(call.taskContext());
                                    return "done";
                                }),
                                input)
                        .join());
        lab.workflow().invoke("in", T);

        assertThat(catchThrowable(() -> kept.get().store()))
                .isInstanceOf(IllegalStepException.class)
                .hasMessageContaining("is over")
                .hasMessageContaining("store()");
    }
}
