package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.annotations.Append;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.Component;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.Send;
import dev.clew.graph.StateSnapshot;
import dev.clew.graph.StateSpec;
import dev.clew.graph.StateUpdate;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of a graph that is a node is updated by hand while it is parked. */
@Timeout(20)
@Tag("G105")
public abstract class InnerEditSuite extends GraphSuite {
    /** The state of the graph inside: it shares the notes, and has pages of its own. */
    record Chapter(List<String> notes, List<String> pages) {}

    private static final Component<List<String>, List<String>> PAGES = Component.reduced(
            "pages",
            TypeRef.listOf(TypeRef.of(String.class)),
            TypeRef.listOf(TypeRef.of(String.class)),
            new Append.ToList<String>());

    private static final StateSpec<Chapter> CHAPTER = StateSpec.of(
            Chapter.class,
            values -> new Chapter(values.get(Essay.NOTES), values.get(PAGES)),
            chapter -> new Object[] {chapter.notes(), chapter.pages()},
            Essay.NOTES,
            PAGES);

    private static StateUpdate<Chapter> page(String text) {
        return CHAPTER.changes().add(PAGES, List.of(text)).update();
    }

    private static NodeRef inner(String id) {
        return NodeRef.of("child/" + id);
    }

    /** {@code outline}, then {@code ask} and {@code write} side by side, then {@code bind}, which notes the pages. */
    private GraphSpec<StateUpdate<Chapter>, Chapter, Chapter> chapter() {
        return GraphSpec.of("chapter", CHAPTER)
                .node("outline")
                .after(START)
                .leaf(in -> {
                    ran.add("outline");
                    return page("outline");
                })
                .node("ask")
                .after("outline")
                .scope(in -> page(in.interrupt(OK, "sure?") ? "yes" : "no"))
                .node("write")
                .after("outline")
                .leaf(in -> {
                    ran.add("write");
                    return page("write");
                })
                .node("bind")
                .afterAll("ask", "write")
                .leaf(in -> CHAPTER.changes()
                        .add(Essay.NOTES, List.of(String.join(" ", in.state().pages())))
                        .update())
                .build();
    }

    /** {@code before}, then the chapter in {@code child} beside {@code rest}, then {@code end}. */
    private GraphSpec<String, Essay, Essay> book() {
        return graph("book")
                .node("before")
                .after(START)
                .leaf(in -> note("before"))
                .subgraph("child", chapter(), edges -> edges.after("before"))
                .node("rest")
                .after("before")
                .leaf(in -> note("rest"))
                .node("end")
                .afterAll("child", "rest")
                .leaf(in -> note("end"))
                .build();
    }

    private static StateSnapshot<?> child(StateSnapshot<?> snapshot) {
        return snapshot.tasks().get(0).child().orElseThrow();
    }

    private static List<String> pages(StateSnapshot<?> chapter) {
        return ((Chapter) chapter.values()).pages();
    }

    private RunResult.Interrupted<Essay> parked(Durability durability) {
        return paused(open(book()).invoke("rain", T.durability(durability)));
    }

    @ParameterizedTest
    @EnumSource
    void aNodeInsideThatIsNotDueGetsASuperstepThere(Durability durability) {
        parked(durability);

        open(book()).updateState(T, page("by hand"), inner("outline"));

        StateSnapshot<Essay> now = open(book()).snapshot("t");
        assertThat(now.values().notes()).containsExactly("before");
        assertThat(tasks(now)).containsExactly("child DUE", "rest SUCCEEDED");
        assertThat(pages(child(now))).containsExactly("outline", "by hand");
        assertThat(tasks(child(now))).containsExactly("ask DUE", "write SUCCEEDED");
        assertThat(open(book()).state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);
        RunResult.Interrupted<Essay> asked = paused(open(book()).invoke(Command.proceed(), T));
        assertThat(open(book()).invoke(asked.only(OK).answer(true), T).value().notes())
                .containsExactly("before", "outline by hand yes write", "rest", "end");
        assertThat(ran).containsExactlyInAnyOrder("before", "outline", "write", "rest", "end");
    }

    @ParameterizedTest
    @EnumSource
    void theLastDueNodeInsideThatIsFilledFoldsTheSuperstepThere(Durability durability) {
        RunResult.Interrupted<Essay> asked = parked(durability);

        open(book()).updateState(T, page("asked by hand"), inner("ask"));

        StateSnapshot<Essay> now = open(book()).snapshot("t");
        assertThat(pages(child(now))).containsExactly("outline", "asked by hand", "write");
        assertThat(child(now).next()).containsExactly("bind");
        assertThatThrownBy(() -> open(book()).invoke(asked.only(OK).answer(true), T))
                .isInstanceOf(AnswerRefusedException.class);
        assertThat(open(book()).invoke(Command.proceed(), T).value().notes())
                .containsExactly("before", "outline asked by hand write", "rest", "end");
        assertThat(ran).containsExactlyInAnyOrder("before", "outline", "write", "rest", "end");
    }

    @Test
    void aGraphInsideWithNothingLeftGivesWhatItDid() {
        parked(Durability.SYNC);
        GraphWorkflow<String, Essay, Essay> book = open(book());
        book.updateState(T, page("x"), inner("ask"));

        book.updateState(
                T, CHAPTER.changes().add(Essay.NOTES, List.of("bound by hand")).update(), inner("bind"));

        assertThat(child(book.snapshot("t")).next()).isEmpty();
        assertThat(book.snapshot("t").next()).containsExactly("child", "rest");
        assertThat(book.invoke(Command.proceed(), T).value().notes())
                .containsExactly("before", "bound by hand", "rest", "end");
    }

    @Test
    void editsInsideAndAroundFollowOneAnother() {
        parked(Durability.SYNC);
        GraphWorkflow<String, Essay, Essay> book = open(book());
        book.updateState(T, page("one"), inner("outline"));
        book.updateState(T, page("two"), inner("outline"));
        assertThat(pages(child(book.snapshot("t")))).containsExactly("outline", "one", "two");
        book.updateState(T, page("three"), inner("ask"));
        assertThat(book.snapshots("t").toList()).isNotEmpty();
        book.updateState(T, Essay.note("filled"), node("child"));

        assertThat(open(book()).invoke(Command.proceed(), T).value().notes())
                .containsExactly("before", "filled", "rest", "end");
        assertThat(ran).containsExactlyInAnyOrder("before", "outline", "write", "rest", "end");
    }

    @Test
    void aGraphInsideAtABreakpointIsEditedAndPausesAtTheNext() {
        GraphWorkflow<String, Essay, Essay> book = open(book());
        paused(book.invoke("rain", T.pauseBefore(inner("ask"))));

        book.updateState(T, page("by hand"), inner("outline"));
        book.updateState(T, page("no question"), inner("ask"));
        RunResult.Interrupted<Essay> pause =
                paused(open(book()).invoke(Command.proceed(), T.pauseBefore(inner("bind"))));

        assertThat(pause.breakpoint()).containsExactly(inner("bind"));
        assertThat(pages(child(book.snapshot("t")))).containsExactly("outline", "by hand", "no question", "write");
        assertThat(open(book()).invoke(Command.proceed(), T).value().notes())
                .containsExactly("before", "outline by hand no question write", "rest", "end");
    }

    @Test
    void aGraphTwoLevelsInsideIsEdited() {
        GraphSpec<String, Essay, Essay> shelf = graph("shelf")
                .node("first")
                .after(START)
                .leaf(in -> note("first"))
                .subgraph("book", book(), edges -> edges.after("first"))
                .build();
        GraphWorkflow<String, Essay, Essay> workflow = open(shelf);
        paused(workflow.invoke("rain", T));

        workflow.updateState(T, page("deep"), NodeRef.of("book/child/ask"));
        workflow.updateState(T, Essay.note("x"), NodeRef.of("book/before"));

        assertThat(child(workflow.snapshot("t")).values())
                .isEqualTo(new Essay("rain", List.of("first", "before", "x"), null));
        RunResult.Interrupted<Essay> again = paused(open(shelf).invoke(Command.proceed(), T));
        assertThat(open(shelf).invoke(again.only(OK).answer(false), T).value().notes())
                .containsExactly("first", "before", "x", "outline no write", "rest", "end");
    }

    @Test
    void aGraphInsideWhoseNodeHasFailedIsFilled() {
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .subgraph("child", fork(), edges -> edges.after(START))
                .build();
        broken.set(true);
        GraphWorkflow<String, Essay, Essay> workflow = open(outer);
        RunResult.Interrupted<Essay> asked = paused(workflow.invoke("rain", T));
        assertThatThrownBy(() -> workflow.invoke(asked.only(OK).answer(true), T))
                .hasMessageContaining("work is broken");
        assertThat(tasks(child(workflow.snapshot("t"))))
                .containsExactly("work FAILED", "ask SUCCEEDED", "rest SUCCEEDED");

        workflow.updateState(T, Essay.note("by hand"), inner("work"));

        assertThat(open(outer).invoke(Command.proceed(), T).value().notes())
                .containsExactly("plan", "by hand", "yes", "rest", "join");
        assertThat(ran).containsExactly("plan", "rest", "yes", "join");
    }

    @Test
    void oneOfSeveralExecutionsInsideIsNamedByItsPlace() {
        GraphSpec<String, Essay, Essay> sends = graph("sends")
                .node("plan")
                .after(START)
                .mayGoTo("search")
                .leaf(in -> Essay.note("plan")
                        .goTo(List.of(
                                Send.to("search", new Essay.Query("a")), Send.to("search", new Essay.Query("b")))))
                .node("search")
                .takes(Essay.Query.class)
                .leaf(in -> note(in.sent().text()))
                .build();
        GraphSpec<String, Essay, Essay> outer = graph("outer")
                .subgraph("child", sends, edges -> edges.after(START))
                .build();
        GraphWorkflow<String, Essay, Essay> workflow = open(outer);
        paused(workflow.invoke("rain", T.pauseBefore(inner("search"))));

        workflow.updateState(T, Essay.note("B"), inner("search").at(1));

        assertThat(open(outer).invoke(Command.proceed(), T).value().notes()).containsExactly("plan", "a", "B");
    }

    @Test
    void anEditedGraphInsideIsCopiedAndEncrypted() {
        var codec = EncryptingCodec.builder(JsonCodec.standard())
                .key("k1", new SecretKeySpec(new byte[32], "AES"))
                .build();
        var graph = opened(book().builder().checkpointer(store()).codec(codec).build());
        paused(graph.workflow().invoke("rain", T));
        graph.workflow().updateState(T, page("one"), inner("ask"));

        graph.copyThread("t", "copy");

        RunConfig copy = RunConfig.thread("copy");
        graph.workflow().updateState(copy, page("two"), inner("write"));
        assertThat(graph.workflow().invoke(Command.proceed(), copy).value().notes())
                .containsExactly("before", "outline one write two", "rest", "end");
        assertThat(graph.workflow().invoke(Command.proceed(), T).value().notes())
                .containsExactly("before", "outline one write", "rest", "end");
    }

    @Test
    void whatCannotBeEditedInsideIsRefusedAndChangesNothing() {
        GraphWorkflow<String, Essay, Essay> book = open(book());
        paused(book.invoke("rain", T.pauseBefore(node("child"))));
        refused(() -> book.updateState(T, page("x"), inner("ask")), "'child' is not under way");
        RunConfig before = book.snapshot("t").config();
        paused(book.invoke(Command.proceed(), T));

        refused(() -> book.updateState(T, page("x"), inner("aks")), "the graph 'chapter' has no node 'aks'");
        refused(() -> book.updateState(T, page("x"), NodeRef.of("rest/ask")), "'rest' is no graph");
        refused(() -> book.updateState(T, page("x"), NodeRef.of("chidl/ask")), "did you mean 'child'");
        refused(
                () -> book.updateState(T, Essay.note("x"), inner("ask")),
                "has the state Chapter, and the update is one of Essay");
        refused(
                () -> book.updateState(T, page("x"), node("rest")),
                "has the state Essay, and the update is one of Chapter");
        book.fork(before);
        refused(() -> book.updateState(T, page("x"), inner("ask")), "'child' is not under way");
    }

    /** Edits at any depth, forks, copies, answers and other processes, in any order: what is shown is what continues. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Timeout(60)
    void editsOfAnyDepthAndForksLeaveARunThatEnds(long seed) throws Exception {
        Random random = new Random(seed);
        RunConfig thread = T;
        CompiledGraph<String, Essay, Essay> graph = process();
        paused(graph.workflow().invoke("rain", thread));
        for (int step = 0; step < 25; step++) {
            String threadId = thread.threadId().orElseThrow();
            GraphWorkflow<String, Essay, Essay> book = graph.workflow();
            String said = "seed" + seed + ",step" + step;
            switch (random.nextInt(9)) {
                case 0 -> {
                    List<StateSnapshot<Essay>> all = book.snapshots(threadId).toList();
                    StateSnapshot<Essay> chosen = all.get(random.nextInt(all.size()));
                    book.fork(chosen.config());
                    assertThat(book.snapshot(threadId).values()).as(said).isEqualTo(chosen.values());
                }
                case 1 -> {
                    graph.copyThread(threadId, threadId + "c");
                    thread = RunConfig.thread(threadId + "c");
                }
                case 2 -> graph = process();
                case 3, 4 -> go(book, random.nextBoolean() ? thread : thread.pauseBefore(inner("bind")));
                case 5 -> graph.keepLast(threadId, 1 + random.nextInt(3));
                default -> edited(book, thread, random, said);
            }
            assertThat(graph.workflow().snapshots(thread)).as(said).isNotEmpty();
        }
        RunResult<Essay> end = go(graph.workflow(), thread);
        while (end instanceof RunResult.Interrupted) {
            end = go(graph.workflow(), thread);
        }
        assertThat(end.value()).isEqualTo(graph.workflow().snapshot(thread).values());
    }

    private CompiledGraph<String, Essay, Essay> process() {
        return opened(book().builder().checkpointer(new SecondDoor(store())).build());
    }

    private static RunResult<Essay> go(GraphWorkflow<String, Essay, Essay> book, RunConfig config) {
        ThreadState<Essay> state = book.state(RunConfig.thread(config.threadId().orElseThrow()));
        return state.pending().isEmpty()
                ? state.status() == ThreadStatus.IDLE
                        ? book.invoke("snow", config)
                        : book.invoke(Command.proceed(), config)
                : book.invoke(state.only(OK).answer(true), config);
    }

    /** An edit is refused, and changes nothing, or is shown. */
    private void edited(GraphWorkflow<String, Essay, Essay> book, RunConfig thread, Random random, String said) {
        boolean isInside = random.nextBoolean();
        List<String> nodes =
                isInside ? List.of("outline", "ask", "write", "bind") : List.of("before", "child", "rest", "end");
        String node = nodes.get(random.nextInt(4));
        Essay before = book.snapshot(thread).values();
        try {
            if (isInside) {
                book.updateState(thread, page(said), inner(node));
            } else {
                book.updateState(thread, Essay.note(said), node(node));
            }
        } catch (RequestRefusedException refused) {
            assertThat(book.snapshot(thread).values()).as(said).isEqualTo(before);
            return;
        }
        // What a due node has given is shown when its superstep is folded.
        assertThat(book.snapshot(thread).toString())
                .containsAnyOf(said, "node=" + node + ", index=0, status=SUCCEEDED");
    }

    private void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable edit, String why) {
        var head = store().thread("t").map(ThreadRecord::head);
        assertThatThrownBy(edit).isInstanceOf(RequestRefusedException.class).hasMessageContaining(why);
        assertThat(store().thread("t").map(ThreadRecord::head)).isEqualTo(head);
    }
}
