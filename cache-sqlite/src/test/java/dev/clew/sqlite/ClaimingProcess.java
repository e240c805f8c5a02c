package dev.clew.sqlite;

import java.io.IOException;
import java.nio.file.Path;

/** Opens a file when told to, tries to claim each of its threads, and prints those it won. */
final class ClaimingProcess {
    static final int THREADS = 150;

    private ClaimingProcess() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("ready");
        int told = System.in.read();
        if (told < 0) {
            return;
        }
        try (Sqlite db = Sqlite.open(Path.of(arguments[0]))) {
            for (int i = 0; i < THREADS; i++) {
                if (Db.tryClaim(db.checkpointer(), "essay-" + i, arguments[1], 0)
                        .isPresent()) {
                    System.out.println("essay-" + i);
                }
            }
        }
    }
}
