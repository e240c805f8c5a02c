package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Claim;
import dev.clew.contracts.checkpoint.Rows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are opened, how they are made, and what is said of those that are refused. */
@Timeout(20)
final class SqliteFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("threads.db");
    }

    @Test
    void newFilesAreTheirOwnersOnly() throws IOException {
        try (Sqlite db = Sqlite.open(file)) {
            Db.open(db, "essay-1");

            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Path part = folder.resolve("threads.db" + suffix);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
                        .as(part.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void permissionsOfAnExistingFileAreKept() throws IOException {
        Sqlite.open(file).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        Sqlite.open(file).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void emptyFileBecomesADatabase() throws IOException {
        Files.createFile(file);

        try (Sqlite db = Sqlite.open(file)) {
            Db.open(db, "essay-1");
        }
        try (Sqlite db = Sqlite.open(file)) {
            assertThat(db.checkpointer().thread("essay-1")).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a?b.db",
                "mode=memory.db",
                "50%.db",
                "a#b.db",
                "%41.db",
                "sp ace.db",
                "日本.db",
                "?.db",
                ":memory:"
            })
    void anyNameIsANameAndNothingElse(String name) {
        try (Sqlite db = Sqlite.open(folder.resolve(name))) {
            Db.open(db, "essay-1");
        }

        assertThat(folder.resolve(name)).isRegularFile().isNotEmptyFile();
        assertThat(folder.toFile().list()).containsExactly(name);
    }

    @Test
    void folderIsRefused() {
        refused(folder).withMessageContaining("not a regular file");
    }

    @Test
    void fileInAMissingFolderIsRefused() {
        refused(folder.resolve("no/such.db")).withMessageContaining("cannot be created");
        assertThat(folder.resolve("no")).doesNotExist();
    }

    @Test
    void readOnlyFileIsRefused() throws IOException {
        Sqlite.open(file).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        refused(file).withMessageContaining("cannot be written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs4", "cifs", "fuse.sshfs", "NFS"})
    void networkFileSystemIsRefusedBeforeAnythingIsWritten(String type) {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Connections.to(file, path -> type))
                .withMessageContaining(file.toString())
                .withMessageContaining("network file system '" + type + "'")
                .withMessageContaining("local disk");
        assertThat(file).doesNotExist();
    }

    @Test
    void localFileSystemsAreKnownByTheFolderOfAFileThatIsToBe() throws IOException {
        String here = FileSystemType.of(file);

        assertThat(here).isEqualTo(Files.getFileStore(folder).type());
        assertThat(FileSystemType.isNetwork(here)).isFalse();
        assertThat(FileSystemType.of(folder.resolve("no/such.db"))).isEmpty();
        for (String local : List.of("ext4", "xfs", "tmpfs", "overlay", "apfs", "NTFS", "fuse.ext4", "")) {
            assertThat(FileSystemType.isNetwork(local)).as(local).isFalse();
        }
    }

    @Test
    @Tag("B209")
    void readersDoNotWaitForAWriterNorAWriterForReaders() throws Exception {
        withThreads(50);
        try (Sqlite db = Sqlite.open(file);
                Connection reader = raw();
                Statement reading = reader.createStatement()) {
            execute(reader, "BEGIN");
            reading.executeQuery("SELECT count(*) FROM thread").next();

            Claim claim = Db.open(db, "written-meanwhile");
            CountDownLatch letGo = Db.holdWriter(db);
            try {
                assertThat(db.checkpointer().thread("written-meanwhile")).isPresent();
            } finally {
                letGo.countDown();
            }
            Db.write(db, claim, Rows.log(Db.RUN, 0, "more"));
        }
    }

    @Test
    void fileThatBecomesReadOnlyFailsWritesAndNoReads() throws Exception {
        try (Sqlite db = Sqlite.open(file)) {
            Claim claim = Db.open(db, "essay-1");
            Db.write(db, claim, Rows.log(Db.RUN, 0, "kept"));
            db.writer().call(new Request<>(Request.Kind.overtaking(1), session -> {
                session.execute("PRAGMA query_only = ON");
                return true;
            }));

            assertThat(Db.failure(db.checkpointer().write(claim, Rows.log(Db.RUN, 1, "lost"), true)))
                    .hasMessageContaining("cannot be written");
            assertThat(Db.log(db, "essay-1")).containsExactly("0:kept");
        }
    }

    @Test
    void fileThatIsNoDatabaseIsRefusedAndKept() throws IOException {
        String letter = "Dear Theseus, take the thread. ".repeat(500);
        Files.writeString(file, letter);

        refused(file).withMessageContaining("not an SQLite database");

        assertThat(file).hasContent(letter);
    }

    @Test
    void databaseOfAnotherApplicationIsRefusedAndKept() throws Exception {
        try (Connection other = raw()) {
            execute(other, "CREATE TABLE thread (id TEXT)");
        }
        byte[] before = Files.readAllBytes(file);

        refused(file).withMessageContaining("another application");

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void newerSchemaIsRefusedAndTheFileKept() throws Exception {
        Sqlite.open(file).close();
        try (Connection newer = raw()) {
            execute(newer, "PRAGMA user_version = 1000");
        }
        byte[] before = Files.readAllBytes(file);

        refused(file).withMessageContaining("schema 1000").withMessageContaining("newer version");

        assertThat(file).hasBinaryContent(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 99, 100, 3_000, 4_096, 20_000})
    void truncatedFileIsReported(int length) throws IOException {
        withThreads(50);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }

        assertThatExceptionOfType(CheckpointException.class).isThrownBy(this::readEverything);
    }

    @Test
    void damagedPagesAreReported() throws IOException {
        withThreads(50);
        byte[] noise = new byte[(int) Files.size(file) - 4_096];
        new Random(1).nextBytes(noise);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise), 4_096);
        }

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(this::readEverything)
                .withMessageContaining("damaged");
    }

    @Test
    void openingWaitsForNobody() throws Exception {
        Sqlite.open(file).close();
        try (Connection other = raw()) {
            execute(other, "BEGIN IMMEDIATE");

            try (Sqlite db = Sqlite.open(file)) {
                assertThat(db.checkpointer().thread("essay-1")).isEmpty();
            }
        }
    }

    @Test
    void everyWriteIsThereAfterReopening() {
        Claim claim;
        try (Sqlite db = Sqlite.open(file)) {
            claim = Db.open(db, "essay-1");
        }
        for (int seq = 0; seq < 5; seq++) {
            try (Sqlite db = Sqlite.open(file)) {
                Db.append(db, claim, seq, false);
            }
            try (Sqlite db = Sqlite.open(file)) {
                assertThat(Db.log(db, "essay-1")).hasSize(seq + 1);
            }
        }
    }

    @Test
    void textThatSqliteCannotTellApartIsRefused() {
        try (Sqlite db = Sqlite.open(file)) {
            Db.open(db, "a?");

            assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> db.checkpointer().thread("a\uD83E"))
                    .withMessageContaining("surrogate");
            assertThatExceptionOfType(CheckpointException.class).isThrownBy(() -> Db.open(db, "a\uDDF6\uD83E"));
            Db.open(db, "essay-1");
        }
    }

    private ThrowableAssertAlternative<CheckpointException> refused(Path path) {
        return assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Sqlite.open(path))
                .withMessageContaining(path.toString());
    }

    private void withThreads(int threads) {
        try (Sqlite db = Sqlite.open(file)) {
            for (int i = 0; i < threads; i++) {
                Claim claim = Db.open(db, "essay-" + i);
                Db.write(db, claim, Rows.log(Db.RUN, 0, "x".repeat(2_000)));
            }
        }
    }

    private void readEverything() {
        try (Sqlite db = Sqlite.open(file)) {
            for (int i = 0; i < 50; i++) {
                assertThat(db.checkpointer().thread("essay-" + i)).isPresent();
                assertThat(Db.log(db, "essay-" + i)).containsExactly("0:" + "x".repeat(2_000));
            }
        }
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
