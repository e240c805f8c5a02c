package dev.clew.sqlite;

import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Store;
import java.nio.file.Path;

/** Stores one document after the other and prints the number of each that is stored, until it is killed. */
final class StoringProcess {
    private StoringProcess() {}

    public static void main(String[] arguments) {
        Store store = Sqlite.open(Path.of(arguments[0])).store();
        for (int n = 0; ; n++) {
            SqliteStoreTest.Count count = new SqliteStoreTest.Count(n);
            store.batch(
                    Put.of(Namespace.of("counts"), arguments[1] + "-" + n, count),
                    Put.of(Namespace.of("shared"), "last", count));
            System.out.println(n);
        }
    }
}
