package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.checkpoint.StorageLostException;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database file that is deleted, moved or replaced under a process that has it open. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps an open file where it is")
final class LostFileTest {
    @TempDir
    Path folder;

    /** What can happen to a file. */
    enum Loss {
        UNLINKED("deleted or moved"),
        REPLACED("replaced by another"),
        DIRECTORY_MOVED("deleted or moved"),
        DIRECTORY_BECOMES_A_FILE("deleted or moved"),
        LOG_UNLINKED("write-ahead log");

        private final String says;

        Loss(String says) {
            this.says = says;
        }

        void happenTo(Path file) throws IOException {
            Path moved = file.getParent().resolveSibling("elsewhere");
            switch (this) {
                case UNLINKED -> Files.delete(file);
                case REPLACED -> {
                    Path other = file.resolveSibling("other.db");
                    Sqlite.open(other).close();
                    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                }
                case DIRECTORY_MOVED -> Files.move(file.getParent(), moved);
                case DIRECTORY_BECOMES_A_FILE -> {
                    Files.move(file.getParent(), moved);
                    Files.writeString(file.getParent(), "no directory");
                }
                case LOG_UNLINKED -> Files.delete(file.resolveSibling(file.getFileName() + "-wal"));
            }
        }
    }

    private Path file() throws IOException {
        return Files.createDirectory(folder.resolve("data")).resolve("threads.db");
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void aRunThatWritesNothingIsStopped(Loss loss) throws Exception {
        Path file = file();
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (Sqlite db = Sqlite.open(file);
                Lab lab = new Lab(db.checkpointer(), Durability.ASYNC)) {
            lab.body((input, calls, run) -> calls.task("long", input, text -> {
                        runs.countDown();
                        end.await();
                        return text;
                    })
                    .join());
            CompletableFuture<?> result = lab.workflow().invokeAsync("in", RunConfig.thread("t"));
            runs.await();

            loss.happenTo(file);

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> result.get(30, TimeUnit.SECONDS))
                    .havingCause()
                    .isInstanceOf(StorageLostException.class)
                    .withMessageContaining("threads.db")
                    .withMessageContaining(loss.says)
                    .withMessageContaining("restart the process");
        } finally {
            end.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void aRunThatWritesIsStoppedAndNothingGoesToTheNewFile(Loss loss) throws Exception {
        Path file = file();
        try (Sqlite db = Sqlite.open(file);
                Lab lab = new Lab(db.checkpointer(), Durability.SYNC)) {
            lab.body((input, calls, run) -> {
                calls.task("first", input, text -> text).join();
                loss.happenTo(file);
                for (int i = 0; i < 1_000_000; i++) {
                    calls.task("next", input, text -> text).join();
                }
                return "came to its end";
            });

            Throwable thrown = catchThrowable(() -> lab.workflow().invoke("in", RunConfig.thread("t")));

            assertThat(thrown).isInstanceOf(StorageLostException.class).hasMessageContaining(loss.says);
            assertThat(catchThrowable(() -> lab.workflow().state("t"))).isInstanceOf(StorageLostException.class);
            assertThat(catchThrowable(() -> lab.workflow().invoke("in", RunConfig.thread("u"))))
                    .isInstanceOf(StorageLostException.class);
        }
        if (loss == Loss.REPLACED) {
            // The old log must not be applied to the new file; the message says so.
            Files.deleteIfExists(file.resolveSibling("threads.db-wal"));
            Files.deleteIfExists(file.resolveSibling("threads.db-shm"));
            try (Sqlite other = Sqlite.open(file)) {
                assertThat(other.checkpointer().thread("t")).isEmpty();
            }
        }
    }

    @Test
    void aFileThatIsOnlyLinkedOnceMoreIsNotLost() throws Exception {
        Path file = file();
        try (Sqlite db = Sqlite.open(file);
                Lab lab = new Lab(db.checkpointer(), Durability.SYNC)) {
            lab.body((input, calls, run) -> {
                Files.createLink(file.resolveSibling("link.db"), file);
                Thread.sleep(250);
                return calls.task("next", input, text -> text).join();
            });

            assertThat(lab.workflow().invoke("in", RunConfig.thread("t")).value())
                    .isEqualTo("in");
        }
    }
}
