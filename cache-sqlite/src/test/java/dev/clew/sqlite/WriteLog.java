package dev.clew.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process did to a database's files, in the order in which it took effect; {@code recorded-writes.c} keeps it.
 *
 * @param what W: wrote, T: cut to a size, U: removed, S: synced
 * @param file d: the database, w: its write-ahead log, j: its rollback journal, D: their folder, a: acknowledgements
 */
record WriteLog(char what, char file, long offset, byte[] bytes) {
    private static final int HEAD = 14;

    static List<WriteLog> read(Path log) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.nativeOrder());
        List<WriteLog> records = new ArrayList<>();
        while (all.remaining() >= HEAD) {
            char what = (char) all.get();
            char file = (char) all.get();
            long offset = all.getLong();
            byte[] bytes = new byte[all.getInt()];
            all.get(bytes);
            records.add(new WriteLog(what, file, offset, bytes));
        }
        return records;
    }

    boolean isAcknowledgement() {
        return file == 'a';
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }
}
