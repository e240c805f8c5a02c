package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.clew.Operator;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.StepState;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadSummary;
import dev.clew.store.Filter;
import dev.clew.store.Namespace;
import dev.clew.store.Search;
import dev.clew.value.ClewException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All the doors by which text of a caller comes in, each with what one must see behind it. */
final class HostileDoors implements AutoCloseable {
    private static final int LONGEST_MESSAGE = 5_000;
    private static final RunConfig T = RunConfig.thread("t");

    private final Path database;
    private final Sqlite db;
    private final Lab lab;
    private boolean changed;

    /** A new file, with one thread that waits for an answer. */
    HostileDoors(Path database) {
        this.database = database;
        this.db = Sqlite.open(database);
        this.lab = new Lab(db.checkpointer(), Durability.ASYNC).body(HostileDoors::body);
        asked("pending", T);
    }

    /** Brings a text in by a door; what was wrong with that, if anything. */
    Optional<String> wrong(Door door, String text) throws SQLException {
        List<String> before = rows(database);
        try {
            door.way.in(this, text);
            return Optional.empty();
        } catch (ClewException refused) {
            if (!rows(database).equals(before)) {
                return Optional.of(HostileText.shown(text) + " was refused, and something stored: " + refused);
            }
            return refused.getMessage().length() > LONGEST_MESSAGE
                    ? Optional.of(HostileText.shown(text) + " made too long a message")
                    : Optional.empty();
        } catch (RuntimeException | AssertionError other) {
            return Optional.of(HostileText.shown(text) + ": "
                    + String.valueOf(other).lines().limit(8).toList());
        } finally {
            if (changed) {
                changed = false;
                lab.body(HostileDoors::body);
            }
        }
    }

    @Override
    public void close() {
        lab.close();
        db.close();
    }

    /** Brings a text in, and sees that it comes back. */
    @FunctionalInterface
    private interface Way {
        void in(HostileDoors test, String text);
    }

    /** All by which text of a caller comes in. */
    enum Door {
        THREAD_ID((test, text) -> {
            assertThat(test.value("x", RunConfig.thread(text))).isEqualTo("x");
            assertThat(test.lab.restart().workflow().state(text).value()).isEqualTo("x");
            assertThat(test.threadIds()).containsExactlyInAnyOrder("t", text);
            assertThat(test.lab
                            .workflow()
                            .state((text.startsWith("z") ? "y" : "z") + text.substring(text.offsetByCodePoints(0, 1)))
                            .runId())
                    .isNull();
            test.lab.graph().deleteThread(text);
            assertThat(test.threadIds()).containsExactly("t");
        }),
        RUN_ID((test, text) -> {
            assertThat(test.value("x", RunConfig.thread("other").runId(text))).isEqualTo("x");
            assertThat(test.lab.workflow().state("other").runId()).isEqualTo(text);
            int ran = test.lab.ran().size();
            assertThat(test.value("x", RunConfig.thread("other").runId(text))).isEqualTo("x");
            assertThat(test.lab.ran()).hasSize(ran);
            test.lab.graph().deleteThread("other");
        }),
        METADATA_KEY((test, text) -> {
            test.value("x", RunConfig.thread("other").metadata(text, "v"));
            assertThat(test.lab.workflow().history("other").get(0).metadata()).containsEntry(text, "v");
            assertThat(test.history(Map.of(text, "v"))).isNotEmpty();
            assertThat(test.history(Map.of(text, "w"))).isEmpty();
            test.lab.graph().deleteThread("other");
        }),
        METADATA_VALUE((test, text) -> {
            test.value("x", RunConfig.thread("other").metadata("k", text));
            assertThat(test.lab.workflow().history("other").get(0).metadata()).containsEntry("k", text);
            assertThat(test.history(Map.of("k", text))).isNotEmpty();
            assertThat(test.history(Map.of("k", text + "'"))).isEmpty();
            test.lab.graph().deleteThread("other");
        }),
        TAG((test, text) -> {
            test.value("x", RunConfig.thread("other").tags(text));
            test.lab.graph().deleteThread("other");
        }),
        INPUT((test, text) -> {
            assertThat(test.value(text, RunConfig.thread("other"))).isEqualTo(text);
            assertThat(test.lab.restart().workflow().state("other").value()).isEqualTo(text);
            test.lab.graph().deleteThread("other");
        }),
        ANSWER((test, text) -> {
            RunConfig asked = RunConfig.thread("other");
            String id = test.asked("question?", asked);
            try {
                RunResult<String> result = test.lab.workflow().invoke(Command.resume(id, text), asked);
                assertThat(result.value()).isEqualTo(text);
                assertThat(test.lab.restart().workflow().state("other").value()).isEqualTo(text);
            } finally {
                test.lab.graph().deleteThread("other");
            }
        }),
        QUESTION_ID((test, text) -> {
            test.lab.workflow().invoke(Command.resume(text, "x"), T);
            fail("an answer to no question was taken");
        }),
        QUESTION_IDS((test, text) -> {
            test.lab.workflow().invoke(Command.resumeAll(Map.of(text, "x")), T);
            fail("an answer to no question was taken");
        }),
        QUESTION((test, text) -> {
            RunConfig asked = RunConfig.thread("other");
            RunResult.Interrupted<String> pause =
                    (RunResult.Interrupted<String>) test.lab.workflow().invoke("ask " + text, asked);
            assertThat(pause.pending().get(0).value()).isEqualTo("ask " + text);
            assertThat(test.lab
                            .restart()
                            .workflow()
                            .state("other")
                            .pending()
                            .get(0)
                            .value())
                    .isEqualTo("ask " + text);
            test.lab.graph().deleteThread("other");
        }),
        QUESTION_NAME((test, text) -> {
            InterruptKey<String, String> key = InterruptKey.of(text, String.class, String.class);
            test.named((input, calls, run) -> run.interrupt(key, input));
            try {
                RunResult.Interrupted<String> pause =
                        (RunResult.Interrupted<String>) test.lab.workflow().invoke("x", RunConfig.thread("other"));
                assertThat(pause.only(key).name()).isEqualTo(text);
                assertThat(test.lab
                                .restart()
                                .workflow()
                                .invoke(pause.only(key).answer("y"), RunConfig.thread("other"))
                                .value())
                        .isEqualTo("y");
            } catch (WorkflowFailedException refusedInTheBody) {
                assertThat(refusedInTheBody.failure().types()).anyMatch(type -> type.startsWith("dev.clew."));
            } finally {
                test.lab.graph().deleteThread("other");
            }
        }),
        TASK_NAME((test, text) -> {
            InterruptKey<String, String> key = InterruptKey.of("q", String.class, String.class);
            test.named((input, calls, run) ->
                    run.task(text, String.class, () -> input).join() + run.interrupt(key, input));
            try {
                test.lab.workflow().invoke("x", RunConfig.thread("other"));
                assertThat(test.lab.workflow().state("other").steps())
                        .extracting(StepState::name)
                        .contains(text);
                assertThat(test.lab
                                .restart()
                                .workflow()
                                .invoke(Command.resume("y"), RunConfig.thread("other"))
                                .value())
                        .isEqualTo("xy");
            } catch (WorkflowFailedException refusedInTheBody) {
                assertThat(refusedInTheBody.failure().types()).anyMatch(type -> type.startsWith("dev.clew."));
            } finally {
                test.lab.graph().deleteThread("other");
            }
        }),
        PATCH((test, text) -> {
            InterruptKey<String, String> key = InterruptKey.of("q", String.class, String.class);
            test.named((input, calls, run) -> run.patched(text) + run.interrupt(key, input));
            try {
                test.lab.workflow().invoke("x", RunConfig.thread("other"));
                assertThat(test.lab
                                .restart()
                                .workflow()
                                .invoke(Command.resume("y"), RunConfig.thread("other"))
                                .value())
                        .isEqualTo("truey");
            } catch (WorkflowFailedException refusedInTheBody) {
                assertThat(refusedInTheBody.failure().types()).anyMatch(type -> type.startsWith("dev.clew."));
            } finally {
                test.lab.graph().deleteThread("other");
            }
        }),
        FAILURE((test, text) -> {
            try {
                test.lab.workflow().invoke("fail " + text, RunConfig.thread("other"));
                fail("it did not fail");
            } catch (WorkflowFailedException failed) {
                String message = "fail " + text;
                assertThat(message)
                        .startsWith(String.valueOf(failed.failure().message()).substring(0, 5));
                assertThat(test.lab.restart().workflow().state("other").failure())
                        .isNotNull();
            } finally {
                test.lab.graph().deleteThread("other");
            }
        }),
        UPDATE((test, text) -> {
            test.value("x", RunConfig.thread("other"));
            try {
                test.lab.workflow().updateState(RunConfig.thread("other"), text);
                assertThat(test.lab.restart().workflow().state("other").value()).isEqualTo(text);
            } finally {
                test.lab.graph().deleteThread("other");
            }
        }),
        CHECKPOINT_ID((test, text) -> {
            test.lab.workflow().invoke(Command.proceed(), T.checkpoint(text));
            fail("there is no such checkpoint");
        }),
        FORK((test, text) -> {
            test.lab.workflow().fork(T.checkpoint(text));
            fail("there is no such checkpoint");
        }),
        COPY_TO((test, text) -> {
            test.lab.graph().copyThread("t", text);
            assertThat(test.threadIds()).containsExactlyInAnyOrder("t", text);
            test.lab.graph().deleteThread(text);
        }),
        COPY_FROM((test, text) -> {
            test.lab.graph().copyThread(text, "new");
            fail("there is no such thread");
        }),
        UNKNOWN_THREAD((test, text) -> {
            assertThat(test.lab.workflow().state(text).runId()).isNull();
            assertThat(test.lab.workflow().history(text)).isEmpty();
            assertThat(test.lab.workflow().history(CheckpointQuery.of("t").before(text)))
                    .isNotNull();
            assertThat(test.lab.graph().threads(ThreadQuery.all().workflow(text)))
                    .isEmpty();
            assertThat(test.lab.graph().threads(ThreadQuery.all().after(text))).isNotNull();
            test.lab.graph().deleteThread(text);
            assertThat(test.lab.graph().keepLast(text, 1)).isZero();
            assertThat(test.threadIds()).containsExactly("t");
        }),
        OPERATOR_ANSWER((test, text) -> {
            RunConfig asked = RunConfig.thread("other");
            String id = test.asked("question?", asked);
            try (Operator operator = Operator.of(test.db.checkpointer())) {
                operator.answer("other", Command.resume(id, text));
                assertThat(test.lab.workflow().invoke(Command.proceed(), asked).value())
                        .isEqualTo(text);
            } finally {
                test.lab.graph().deleteThread("other");
            }
        }),
        OPERATOR_QUESTION((test, text) -> {
            try (Operator operator = Operator.of(test.db.checkpointer())) {
                operator.answer("t", Command.resume(text, "x"));
                fail("an answer to no question was taken");
            }
        }),
        OPERATOR_THREAD((test, text) -> {
            try (Operator operator = Operator.of(test.db.checkpointer())) {
                assertThat(operator.cancel(text)).isFalse();
                assertThat(operator.history(text)).isEmpty();
                assertThat(operator.log(text)).isEmpty();
                operator.answer(text, Command.resume("x"));
                fail("an answer to no thread was taken");
            }
        }),
        CANCEL((test, text) -> assertThat(test.lab.workflow().cancel(text)).isFalse()),
        NAMESPACE((test, text) -> {
            Namespace place = Namespace.of("notes", text);
            test.db.store().put(place, "k", "v");
            assertThat(test.db
                            .store()
                            .get(place, "k", String.class)
                            .orElseThrow()
                            .value())
                    .isEqualTo("v");
            assertThat(test.db.store().listNamespaces()).containsExactly(place);
            test.db.store().delete(place, "k");
        }),
        DOCUMENT_KEY((test, text) -> {
            Namespace place = Namespace.of("notes");
            test.db.store().put(place, text, "v");
            assertThat(test.db
                            .store()
                            .get(place, text, String.class)
                            .orElseThrow()
                            .key())
                    .isEqualTo(text);
            assertThat(test.db.store().get(place, text + "'", String.class)).isEmpty();
            test.db.store().delete(place, text);
        }),
        DOCUMENT((test, text) -> {
            Namespace place = Namespace.of("notes");
            test.db.store().put(place, "k", Map.of("text", text));
            assertThat(test.db.store().search(Search.in(place, Map.class).filter(Filter.eq("text", text))))
                    .hasSize(1);
            assertThat(test.db.store().search(Search.in(place, Map.class).filter(Filter.eq("text", text + "'"))))
                    .isEmpty();
            test.db.store().delete(place, "k");
        }),
        FILTER_PATH((test, text) -> assertThat(test.db
                        .store()
                        .search(Search.in(Namespace.of("notes"), Map.class).filter(Filter.eq(text, "x"))))
                .isEmpty());

        private final Way way;

        Door(Way way) {
            this.way = way;
        }
    }

    private static String body(String input, Lab.Calls calls, Run run) {
        if (input.startsWith("ask ")) {
            return run.interrupt(InterruptKey.of("go on?", String.class, String.class), input);
        }
        return calls.task("step", input, s -> {
                    if (s.startsWith("fail ")) {
                        throw new IllegalStateException(s);
                    }
                    return s;
                })
                .join();
    }

    /** Another program from here on. */
    private void named(Lab.Body body) {
        changed = true;
        lab.body(body);
    }

    private String value(String input, RunConfig config) {
        return lab.workflow().invoke(input, config).value();
    }

    private String asked(String question, RunConfig config) {
        return ((RunResult.Interrupted<String>) lab.workflow().invoke("ask " + question, config))
                .pending()
                .get(0)
                .id();
    }

    private List<String> threadIds() {
        return lab.graph().threads(ThreadQuery.all()).stream()
                .map(ThreadSummary::threadId)
                .toList();
    }

    private List<?> history(Map<String, String> metadata) {
        return lab.workflow().history(CheckpointQuery.of("other").metadata(metadata));
    }

    /** Every row of every table. */
    private static List<String> rows(Path database) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet all = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                    while (all.next()) {
                        rows.add(table + row(all));
                    }
                }
            }
        }
        return rows;
    }

    private static String row(ResultSet at) throws SQLException {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= at.getMetaData().getColumnCount(); i++) {
            byte[] bytes = at.getBytes(i);
            row.append('|').append(bytes == null ? "null" : Arrays.hashCode(bytes));
        }
        return row.toString();
    }
}
