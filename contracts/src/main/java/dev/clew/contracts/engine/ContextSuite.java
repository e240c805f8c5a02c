package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.LabGraph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code @Context} parameters get. */
public abstract class ContextSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    /** A dependency that no codec could write. */
    private record User(String name, Thread unwritable) {
        static User called(String name) {
            return new User(name, Thread.currentThread());
        }
    }

    private interface Region {
        String region();
    }

    private static WorkflowSpec<String, String> needing(String name, TaskBody<?> body) {
        return WorkflowSpec.of(name, TEXT, TEXT).context(User.class).body(body);
    }

    private static final TaskSpec<String> WHO = TaskSpec.of("who", TEXT)
            .method("Lab", "who()")
            .leaf(call -> call.context(User.class).name());

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B256")
    @Tag("B257")
    void reachesBodyTasksAndChildrenAndIsGivenAgainOnResume(Durability durability) throws Exception {
        WorkflowSpec<String, String> child =
                needing("Lab.child", call -> call.context(User.class).name());
        Lab lab = lab(durability).spec(needing("Lab.run", call -> {
            String body = call.context(User.class).name();
            String answer = call.run().interrupt(NAME, "?");
            return body
                    + answer
                    + call.scope().call(WHO).join()
                    + call.scope().child(child, "").join();
        }));
        var asked = (Interrupted<String>) lab.workflow().invoke("a", T.context(User.called("ann")));
        Command answer = asked.only(NAME).answer("-");

        assertThatThrownBy(() -> lab.workflow().invoke(answer, T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("User")
                .hasMessageContaining("again on every resume");
        assertThat(lab.workflow().state(T).pending()).as("nothing was stored").hasSize(1);
        assertThat(lab.restart()
                        .workflow()
                        .invoke(answer, T.context(User.called("bob")))
                        .value())
                .isEqualTo("bob-bobbob");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B256")
    void isMissedBeforeTheBodyStarts(Durability durability) throws Exception {
        AtomicInteger bodies = new AtomicInteger();
        Lab lab = lab(durability).spec(needing("Lab.run", call -> "" + bodies.incrementAndGet()));

        assertThatThrownBy(() -> lab.workflow().invoke("a", T)).isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(() -> lab.workflow().invoke("a", T.context("no user")))
                .isInstanceOf(RequestRefusedException.class);
        assertThat(bodies).hasValue(0);
        assertThat(lab.workflow().history(T)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void areSeveralEachFoundByItsTypeTheLastGivenFirst(Durability durability) throws Exception {
        Region north = () -> "north";
        Region south = () -> "south";
        Lab lab = lab(durability)
                .options(builder -> builder.context(User.called("default")).context(north))
                .spec(WorkflowSpec.of("Lab.run", TEXT, TEXT)
                        .context(User.class)
                        .context(Region.class)
                        .body(call -> call.context(User.class).name() + " "
                                + call.context(Region.class).region()));

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("default north");
        assertThat(lab.workflow().invoke("a", T.context(User.called("ann"))).value())
                .isEqualTo("ann north");
        assertThat(lab.workflow()
                        .invoke(
                                "a",
                                T.context(User.called("ann")).context(south).context(User.called("bob")))
                        .value())
                .isEqualTo("bob south");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B257")
    void isOverriddenForAChildAndAllBelowIt(Durability durability) throws Exception {
        Lab lab = lab(durability);
        try (LabGraph other = LabGraph.builder().build()) {
            Workflow<String, String> inner = other.add(
                    needing("Lab.inner", call -> call.context(User.class).name()));
            Workflow<String, String> outer = other.add(needing(
                    "Lab.outer",
                    call -> call.context(User.class).name() + call.run().invoke(inner, "-")));
            lab.body((input, calls, run) -> run.child(outer)
                            .context(User.called("bob"))
                            .start(input)
                            .join() + " "
                    + run.child(inner).context(User.called("cid")).start(input).join());

            assertThat(lab.workflow().invoke("a", T).value())
                    .as("though the run itself has none")
                    .isEqualTo("bobbob cid");
            lab.body((input, calls, run) -> run.invoke(inner, input)
                    + run.child(outer).context(User.called("bob")).start(input).join()
                    + run.invoke(inner, input));
            assertThat(lab.workflow().invoke("a", T.context(User.called("ann"))).value())
                    .isEqualTo("annbobbobann");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void isMissedByAChildBeforeItIsRecorded(Durability durability) throws Exception {
        Lab lab = lab(durability);
        try (LabGraph other = LabGraph.builder().build()) {
            Workflow<String, String> inner = other.add(
                    needing("Lab.inner", call -> call.context(User.class).name()));
            lab.body((input, calls, run) -> run.invoke(inner, input));

            assertThatThrownBy(() -> lab.workflow().invoke("a", T))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasMessageContaining("'Lab.inner' needs a context");
            assertThat(lab.workflow().state(T).steps()).isEmpty();
            assertThat(lab.workflow()
                            .invoke(Command.proceed(), T.context(User.called("ann")))
                            .value())
                    .isEqualTo("ann");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Durability.class, names = "EXIT", mode = EnumSource.Mode.EXCLUDE)
    void isTheGraphsForRunsThatAreRecovered(Durability durability) throws Exception {
        Gate gate = new Gate();
        Checkpointer store = newStore();
        TaskSpec<String> wait =
                TaskSpec.of("wait", TEXT).method("Lab", "wait()").leaf(call -> gate.pass(""));
        WorkflowSpec<String, String> spec = needing("Lab.run", call -> {
            String before = call.scope().call(wait).join();
            return before + call.scope().call(WHO).join();
        });
        Lab lab = opened(new Lab(store, durability))
                .options(builder -> builder.context(User.called("default")))
                .spec(spec);
        lab.workflow().invokeAsync("a", T.context(User.called("ann")));
        gate.awaitArrival();
        lab.crash();
        gate.open();
        lab.graph().recover();

        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.IDLE);
        assertThat(lab.workflow().state(T).value()).isEqualTo("default");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Tag("B256")
    void isNoPartOfWhatIsComparedOnReplay(Durability durability) throws Exception {
        Lab lab = lab(durability).spec(needing("Lab.run", call -> {
            String who = call.scope().call(WHO).join();
            return who
                    + call.run().interrupt(NAME, "?")
                    + call.scope().call(WHO).join();
        }));
        RunResult<String> asked = lab.workflow().invoke("a", T.context(User.called("ann")));
        RunConfig bob = T.context(User.called("bob"));

        assertThat(lab.workflow()
                        .invoke(((Interrupted<String>) asked).only(NAME).answer("-"), bob)
                        .value())
                .isEqualTo("ann-bob");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void asksASourceOnceForEachTypeThatNobodyGave(Durability durability) throws Exception {
        List<Class<?>> asked = new CopyOnWriteArrayList<>();
        Region given = () -> "north";
        Lab lab = lab(durability)
                .spec(WorkflowSpec.of("Lab.run", TEXT, TEXT)
                        .context(User.class)
                        .context(Region.class)
                        .body(call -> call.context(Region.class).region()
                                + call.context(User.class).name()))
                .options(graph -> graph.context(given).contexts(type -> {
                    asked.add(type);
                    return User.called("ann");
                }));

        assertThat(lab.workflow().invoke("a", T).value()).isEqualTo("northann");
        assertThat(lab.workflow().invoke("b", T.context(User.called("bob"))).value())
                .isEqualTo("northbob");
        assertThat(asked).containsExactly(User.class);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesARunWhoseContextNoSourceHas(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .spec(needing("Lab.run", call -> call.context(User.class).name()))
                .options(graph -> graph.contexts(type -> null));

        assertThatThrownBy(() -> lab.workflow().invoke("a", T))
                .isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("User");
        assertThat(lab.workflow().invoke("a", T.context(User.called("bob"))).value())
                .isEqualTo("bob");
    }
}
