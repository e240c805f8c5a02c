package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.contracts.checkpoint.Rows;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that their callers wait for at once. */
final class AwaitedWriteTest {
    private static final String RUN = "run-1";

    /** The threads that stored entries of a log. */
    private final List<Thread> writing = new CopyOnWriteArrayList<>();

    private final Postgres db = Postgres.of(
            source(), PostgresOptions.defaults().schema(TestServer.shared().freshSchema()));
    private final Checkpointer store = db.checkpointer();

    @AfterEach
    void close() {
        db.close();
    }

    private DataSource source() {
        DataSource pool = TestServer.shared().pool();
        return proxy(DataSource.class, (method, arguments) -> {
            Object made = method.invoke(pool, arguments);
            return made instanceof Connection connection ? noting(connection) : made;
        });
    }

    private Connection noting(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object made = method.invoke(connection, arguments);
            boolean appends = made instanceof PreparedStatement
                    && String.valueOf(arguments[0]).contains(".log (");
            return appends ? noting((PreparedStatement) made) : made;
        });
    }

    private PreparedStatement noting(PreparedStatement statement) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().equals("execute")) {
                writing.add(Thread.currentThread());
            }
            return method.invoke(statement, arguments);
        });
    }

    private interface Handler {
        Object handle(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                AwaitedWriteTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return handler.handle(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Claim claim(String threadId) {
        return store.claim(
                        new ClaimRequest(threadId, "EssayFlow.write", "ann", 0, Duration.ofMinutes(1), false),
                        Rows.open(RUN))
                .orElseThrow();
    }

    private List<Long> places(String threadId) {
        List<Long> places = new ArrayList<>();
        store.scan(threadId, RUN, 0, entry -> places.add(entry.seq()));
        return places;
    }

    @Test
    void aWriteThatComesAloneIsDoneByItsCaller() {
        Claim claim = claim("t");

        CompletionStage<Void> written = store.writeAwaited(claim, Rows.log(RUN, 0, "a"));

        assertThat(written.toCompletableFuture()).isCompleted();
        assertThat(writing).containsExactly(Thread.currentThread());
        assertThat(places("t")).containsExactly(0L);
    }

    @Test
    void aWriteThatNoCallerWaitsForIsDoneByTheWriter() {
        Claim claim = claim("t");

        store.write(claim, Rows.log(RUN, 0, "a"), true).toCompletableFuture().join();

        assertThat(writing).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void writesOfAClaimAreStoredInTheirOrderWhoeverDoesThem() {
        int entries = 200;
        Claim claim = claim("t");
        List<Claim> others = List.of(claim("a"), claim("b"), claim("c"));
        List<CompletableFuture<Void>> beside = new ArrayList<>();
        for (Claim other : others) {
            beside.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < entries; i++) {
                    store.writeAwaited(other, Rows.log(RUN, i, "b"))
                            .toCompletableFuture()
                            .join();
                }
            }));
        }

        for (int i = 0; i < entries; i += 2) {
            store.write(claim, Rows.log(RUN, i, "a"), false);
            store.writeAwaited(claim, Rows.log(RUN, i + 1, "a"))
                    .toCompletableFuture()
                    .join();
        }

        beside.forEach(CompletableFuture::join);
        List<Long> all = LongStream.range(0, entries).boxed().toList();
        assertThat(places("t")).isEqualTo(all);
        others.forEach(other -> assertThat(places(other.threadId())).isEqualTo(all));
    }

    @Test
    void whatFollowsAWriteMayClaimAndWrite() {
        Claim claim = claim("t");
        Optional<?>[] made = {Optional.empty()};

        store.writeAwaited(claim, Rows.log(RUN, 0, "a"))
                .thenRun(() -> made[0] = Optional.of(claim("another")))
                .toCompletableFuture()
                .join();

        assertThat(made[0]).isPresent();
    }
}
