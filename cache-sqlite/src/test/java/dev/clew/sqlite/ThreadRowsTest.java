package dev.clew.sqlite;

import static dev.clew.state.ThreadStatus.ANSWERED;
import static dev.clew.state.ThreadStatus.CRASHED;
import static dev.clew.state.ThreadStatus.INTERRUPTED;
import static dev.clew.state.ThreadStatus.RUNNING;
import static dev.clew.state.ThreadStatus.SLEEPING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.ThreadRecord;
import dev.clew.index.SearchStart;
import dev.clew.index.ThreadActivity;
import dev.clew.index.ThreadSearch;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
                ALL.status(RUNNING, CRASHED, SLEEPING));
    }

    static Stream<ThreadQuery> answered() {
        return Stream.of(
                ALL.status(ANSWERED),
                ALL.status(ANSWERED, CRASHED).workflow("EssayFlow.write"),
                ALL.status(ThreadStatus.values()).after("essay-1"));
    }

    @ParameterizedTest
    @MethodSource("answered")
    void whatRestsWithAnswersIsFoundByThose(ThreadQuery query) throws Exception {
        assertThat(plan(query))
                .filteredOn(step -> step.contains("SEARCH thread USING INTEGER PRIMARY KEY (rowid=?)"))
                .hasSize(2);
        assertThat(plan(query)).noneMatch(step -> step.contains("SCAN thread"));
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
    void ifMuchIsDueThePageIsReadInTheOrderOfTheIds() throws Exception {
        change("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= " + ThreadRows.FEW_DUE
                + ") INSERT INTO thread (id, workflow, status, checkpoint_id, wake_at, stalls, epoch, cancel, created_at,"
                + " updated_at) SELECT 't' || i, 'w', 'SLEEPING', 'c', i, 0, 1, 0, 1, 1 FROM n");

        ThreadQuery due = ALL.dueBefore(Instant.now()).after("t1");
        assertThat(plan(due)).anyMatch(step -> step.contains("(id>?)")).noneMatch(step -> step.contains("TEMP B-TREE"));
        assertThat(ThreadRows.list(session, due.limit(3), Instant.now()))
                .extracting(ThreadRecord::threadId)
                .containsExactly("t10", "t100", "t1000");
        assertThat(plan(ALL.dueBefore(Instant.EPOCH.plusNanos(ThreadRows.FEW_DUE))))
                .anyMatch(step -> step.contains("INDEX thread_by_wake (wake_at<?"));
    }

    @Test
    void cursorAloneIsARangeOfTheIdsInOrder() throws Exception {
        assertThat(plan(ALL.after("essay-1")))
                .anyMatch(step -> step.contains("(id>?)"))
                .noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    @Test
    void newestThreadsOfTheIndexAreReadInItsOrder() throws Exception {
        assertThat(plan(ThreadSearch.all()))
                .anyMatch(step -> step.contains("INDEX thread_info_newest"))
                .noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    @Test
    void threadsOfALabelAreReadInTheOrderOfItsIndexAndOtherLabelsAreLookedUp() throws Exception {
        assertThat(plan(ThreadSearch.all().label(Set.of("owner=ann")).label(Set.of("kind=chat"))))
                .anyMatch(step -> step.contains("SEARCH l USING PRIMARY KEY (label=?)"))
                .anyMatch(step ->
                        step.contains("SEARCH m USING COVERING INDEX thread_label_of_thread (thread_id=? AND label=?)"))
                .noneMatch(step -> step.contains("SCAN"))
                .noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    @Test
    void whatThreadsDoIsFoundByTheirStatus() throws Exception {
        assertThat(plan(ThreadSearch.all().activity(ThreadActivity.ERROR, ThreadActivity.INTERRUPTED)))
                .anyMatch(step -> step.contains("thread USING COVERING INDEX thread_by_status (status=?)"))
                .anyMatch(step -> step.contains("SEARCH i USING INDEX sqlite_autoindex_thread_info_1 (thread_id=?)"))
                .noneMatch(step -> step.contains("thread_info_newest"));
    }

    @Test
    void threadsWithRequestsAreFoundByTheIndexesOfTheirStates() throws Exception {
        assertThat(plan(ThreadSearch.all().activity(ThreadActivity.BUSY)))
                .noneMatch(step -> step.endsWith("SCAN request"))
                .noneMatch(step -> step.startsWith("SCAN request USING INDEX sqlite_autoindex"));
    }

    @Test
    void aSearchBeginsAtWhatIsRarest() throws Exception {
        ThreadSearch failed = ThreadSearch.all().activity(ThreadActivity.ERROR);
        label("many", SearchStart.RARE + 1);
        label("more", SearchStart.RARE + 1);
        label("some", SearchStart.RARE);
        label("few", 2);

        assertThat(start(ThreadSearch.all().label(Set.of("many")).label(Set.of("some"))))
                .isEqualTo(new SearchStart.Label("some"));
        assertThat(start(failed.label(Set.of("some")))).isInstanceOf(SearchStart.Doing.class);
        failed("a", "b", "c");
        assertThat(start(failed.label(Set.of("some")))).isInstanceOf(SearchStart.Doing.class);
        assertThat(start(failed.label(Set.of("some")).label(Set.of("few")))).isEqualTo(new SearchStart.Label("few"));
        assertThat(start(ThreadSearch.all().label(Set.of("many")).label(Set.of("more"))))
                .isEqualTo(new SearchStart.Label("many"));
        assertThat(start(ThreadSearch.all().activity(ThreadActivity.ERROR, ThreadActivity.IDLE)))
                .isEqualTo(new SearchStart.Order());
    }

    private SearchStart start(ThreadSearch search) throws Exception {
        return SearchStart.of(search, new SearchCounts(session));
    }

    private void label(String label, int threads) throws Exception {
        change("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + threads
                + ") INSERT INTO thread_label (label, indexed_at, thread_id) SELECT '" + label
                + "', i, 't' || i FROM n");
    }

    private void failed(String... threads) throws Exception {
        for (String id : threads) {
            change(
                    "INSERT INTO thread (id, workflow, status, checkpoint_id, stalls, epoch, cancel, created_at, updated_at)"
                            + " VALUES ('" + id + "', 'w', 'FAILED', 'c', 0, 1, 0, 1, 1)");
        }
    }

    private void change(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("threads.db"))) {
            connection.createStatement().executeUpdate(statement);
        }
    }

    private List<String> plan(ThreadSearch search) throws Exception {
        return plan(IndexSearch.page(search, start(search), Instant.now()));
    }

    private List<String> plan(ThreadQuery query) throws Exception {
        return plan(ThreadRows.listing(session, query, Instant.now()));
    }

    private List<String> plan(Sql sql) throws Exception {
        return session.all("EXPLAIN QUERY PLAN " + sql, row -> row.getString("detail"));
    }
}
