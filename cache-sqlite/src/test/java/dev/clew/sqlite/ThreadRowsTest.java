package dev.clew.sqlite;

import static dev.clew.state.ThreadStatus.ANSWERED;
import static dev.clew.state.ThreadStatus.CRASHED;
import static dev.clew.state.ThreadStatus.INTERRUPTED;
import static dev.clew.state.ThreadStatus.RUNNING;
import static dev.clew.state.ThreadStatus.SLEEPING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.index.ThreadSearch;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What SQLite plans to do for a listing: a hundred thousand threads must not be read to find a hundred. */
final class ThreadRowsTest {
    private static final ThreadQuery ALL = ThreadQuery.all();

    @TempDir
    Path folder;

    private Sqlite db;
    private Session session;

    @BeforeEach
    void open() throws Exception {
        Path file = folder.resolve("threads.db");
        db = Sqlite.open(file);
        session = Connections.to(file).reader();
    }

    @AfterEach
    void close() throws Exception {
        session.close();
        db.close();
    }

    static Stream<ThreadQuery> byStatus() {
        return Stream.of(
                ALL.status(INTERRUPTED),
                ALL.status(INTERRUPTED).after("essay-1"),
                ALL.status(INTERRUPTED).workflow("EssayFlow.write").after("essay-1"),
                ALL.status(CRASHED),
                ALL.status(ANSWERED),
                ALL.status(ANSWERED, INTERRUPTED).after("essay-1"),
                ALL.status(RUNNING, CRASHED, SLEEPING),
                ALL.status(ThreadStatus.values()).after("essay-1"));
    }

    @ParameterizedTest
    @MethodSource("byStatus")
    void statusIsARangeOfAnIndexAlreadyInOrder(ThreadQuery query) throws Exception {
        List<String> plan = plan(query);

        assertThat(plan)
                .anyMatch(step -> step.contains("INDEX thread_by_status (status=?"))
                .noneMatch(step -> step.contains("SCAN"))
                .noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    @Test
    void whatIsDueIsARangeOfItsOwnIndex() throws Exception {
        List<String> plan =
                plan(ALL.status(SLEEPING, INTERRUPTED).dueBefore(Instant.now()).after("a"));

        assertThat(plan)
                .anyMatch(step -> step.contains("INDEX thread_by_wake (wake_at<?"))
                .noneMatch(step -> step.contains("SCAN"));
    }

    @Test
    void cursorAloneIsARangeOfTheIdsInOrder() throws Exception {
        assertThat(plan(ALL.after("essay-1")))
                .anyMatch(step -> step.contains("(id>?)"))
                .noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    @Test
    void newestThreadsOfTheIndexAreReadInItsOrder() throws Exception {
        assertThat(plan(IndexSearch.page(ThreadSearch.all(), Instant.now())))
                .anyMatch(step -> step.contains("INDEX thread_info_newest"))
                .noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    private List<String> plan(ThreadQuery query) throws Exception {
        return plan(ThreadRows.listing(query, Instant.now()));
    }

    private List<String> plan(Sql sql) throws Exception {
        return session.all("EXPLAIN QUERY PLAN " + sql, row -> row.getString("detail"));
    }
}
