package dev.clew.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** A PgBouncer in transaction mode before the server of the tests, with fewer connections to it than the tests take. */
final class PgBouncer {
    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
    private static final int TO_SERVER = 6;

    private static PgBouncer shared;

    private final PGSimpleDataSource source = new PGSimpleDataSource();

    private PgBouncer(Path folder) throws IOException, InterruptedException {
        Properties server = Driver.parseURL(TestServer.shared().url(), new Properties());
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String password = server.getProperty("password", "");
        Path settings = folder.resolve("pgbouncer.ini");
        Files.writeString(settings, """
                [databases]
                test = host=%s port=%s dbname=%s user=%s%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 500
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        server.getProperty("PGHOST", "localhost"),
                        server.getProperty("PGPORT", "5432"),
                        server.getProperty("PGDBNAME"),
                        server.getProperty("user", "postgres"),
                        password.isEmpty() ? "" : " password='" + password + "'",
                        port,
                        TO_SERVER));
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-q"));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("test");
        source.setUser("any");
        source.setPrepareThreshold(0);
        awaitStart(process, folder.resolve("log"));
    }

    private void awaitStart(Process process, Path log) throws IOException, InterruptedException {
        SQLException last = null;
        for (int i = 0; i < 100 && process.isAlive(); i++) {
            try (Connection connection = source.getConnection()) {
                connection.getMetaData();
                return;
            } catch (SQLException notYet) {
                last = notYet;
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("pgbouncer did not start: " + Files.readString(log), last);
    }

    /** For {@code @EnabledIf}. */
    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    static synchronized PgBouncer shared() throws Exception {
        if (shared == null) {
            Path folder = Files.createTempDirectory("pgbouncer");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            shared = new PgBouncer(folder);
        }
        return shared;
    }

    PGSimpleDataSource source() {
        return source;
    }
}
