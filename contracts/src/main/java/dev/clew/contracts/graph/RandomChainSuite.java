package dev.clew.contracts.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.engine.EngineSuite;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.HistoryEntry;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenInterrupted;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.StateSnapshot;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.state.ThreadStatus;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is done to a thread, its state is the one that plain code makes: runs that write, fail and ask, edits, forks, retention,
 * copies and other processes, with states that are stored as changes of one another.
 */
public abstract class RandomChainSuite extends EngineSuite {
    private static final int STEPS = 40;

    /** What plain code says of a moment of the thread. */
    private record Model(Diary state, String next) {
        Model write() {
            return new Model(state.then("note written"), "act");
        }

        Model act() {
            return state.wish() == null ? new Model(state.then("add 1"), "") : this;
        }
    }

    private Random random = new Random();
    private Checkpointer store;
    private Codec codec = JsonCodec.standard();
    private CompiledGraph<String, Diary, Diary> graph;
    private RunConfig thread = T;
    private Model model = new Model(Diary.EMPTY, "");

    /** By the snapshots' checkpoints. */
    private final Map<String, Model> known = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @Timeout(60)
    void theStateIsThatOfPlainCodeWhateverIsDoneToAThread(long seed) throws Exception {
        random = new Random(seed);
        if (seed % 3 == 0) {
            codec = EncryptingCodec.builder(JsonCodec.standard())
                    .key("k1", new SecretKeySpec(new byte[32], "AES"))
                    .build();
        }
        store = newStore();
        reopen();
        run();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(12)) {
                case 0 -> edit();
                case 1, 2 -> fork();
                case 3 -> graph.keepLast(threadId(), 1 + random.nextInt(4));
                case 4 -> copy();
                case 5 -> reopen();
                case 6, 7 -> proceed();
                default -> run();
            }
            verify(seed, step);
        }
    }

    private String threadId() {
        return thread.threadId().orElseThrow();
    }

    private void reopen() {
        graph = opened(Diary.graph()
                .builder()
                .codec(codec)
                .checkpointer(new SecondDoor(store))
                .build());
    }

    private void copy() {
        String to = threadId() + "c";
        graph.copyThread(threadId(), to);
        thread = RunConfig.thread(to);
    }

    private String ops() {
        List<String> ops = new ArrayList<>();
        if (random.nextInt(15) == 0) {
            ops.add("fresh -");
        }
        List<String> kinds = new ArrayList<>(List.of("note", "mark", "tag", "last", "add", "draft", "long"));
        for (int i = random.nextInt(4); i >= 0; i--) {
            String kind = kinds.remove(random.nextInt(kinds.size()));
            int n = random.nextInt(100);
            ops.add(
                    switch (kind) {
                        case "long" ->
                            random.nextInt(4) > 0 ? "wish nothing" : "wish " + (random.nextBoolean() ? "ask" : "fail");
                        case "add" -> "add " + n;
                        case "note" -> random.nextInt(12) == 0 ? "notes a,b" + n : "note " + "n".repeat(n);
                        case "tag" -> random.nextInt(12) == 0 ? "tags t" + n : "tag t" + n;
                        case "mark" -> random.nextInt(12) == 0 ? "marks " + n : "mark " + n;
                        default -> kind + " " + n;
                    });
        }
        return String.join("; ", ops);
    }

    private void run() {
        String ops = ops();
        Model begun = new Model(model.state.then(ops), "write");
        model = begun.write().act();
        RunConfig config = thread.whenInterrupted(WhenInterrupted.ABANDON);
        if ("fail".equals(model.state.wish())) {
            assertThatThrownBy(() -> graph.workflow().invoke(ops, config)).isInstanceOf(WorkflowFailedException.class);
        } else {
            checked(graph.workflow().invoke(ops, config));
        }
        String opening = checkpoint().replaceAll("/.*", "");
        known.put(opening + "/0", begun);
        known.put(opening + "/1", begun.write());
    }

    private void checked(RunResult<Diary> result) {
        if (model.state.wish() == null) {
            assertThat(result.value()).isEqualTo(model.state);
        } else {
            assertThat(result).isInstanceOf(RunResult.Interrupted.class);
        }
    }

    private void proceed() {
        if (model.next.isEmpty()) {
            return;
        }
        model = (model.next.equals("write") ? model.write() : model).act();
        if ("fail".equals(model.state.wish())) {
            assertThatThrownBy(() -> graph.workflow().invoke(Command.proceed(), thread))
                    .isInstanceOf(WorkflowFailedException.class);
        } else {
            checked(graph.workflow().invoke(Command.proceed(), thread));
        }
    }

    private void edit() {
        String ops = ops().replace("fresh -; ", "");
        graph.workflow().updateState(thread, Diary.update(ops));
        model = new Model(model.state.then(ops), model.next);
    }

    private void fork() {
        List<StateSnapshot<Diary>> all = graph.workflow()
                .snapshots(threadId())
                .filter(snapshot -> known.containsKey(key(snapshot)))
                .toList();
        StateSnapshot<Diary> chosen = all.get(random.nextInt(all.size()));
        graph.workflow().fork(chosen.config());
        model = known.get(key(chosen));
    }

    private static String key(StateSnapshot<Diary> snapshot) {
        return snapshot.config().checkpoint().orElse("");
    }

    private String checkpoint() {
        return key(graph.workflow().snapshot(threadId()));
    }

    private void verify(long seed, int step) {
        StateSnapshot<Diary> now = graph.workflow().snapshot(threadId());
        assertThat(now.values()).as("seed " + seed + ", step " + step).isEqualTo(model.state);
        assertThat(now.next())
                .as("seed " + seed + ", step " + step)
                .isEqualTo(model.next.isEmpty() ? List.of() : List.of(model.next));
        known.put(key(now), model);
        graph.workflow().snapshots(threadId()).forEach(snapshot -> {
            Model then = known.get(key(snapshot));
            if (then != null) {
                assertThat(snapshot.values())
                        .as("seed " + seed + ", step " + step + ", " + key(snapshot))
                        .isEqualTo(then.state);
            }
        });
        List<HistoryEntry<Diary>> history = graph.workflow().history(threadId());
        assertThat(history).extracting(HistoryEntry::unreadable).containsOnlyNulls();
        if (graph.workflow().state(thread).status() == ThreadStatus.IDLE) {
            assertThat(history.get(0).value()).isEqualTo(model.state);
            assertThat(graph.workflow().state(thread).value()).isEqualTo(model.state);
        }
    }
}
