package dev.clew.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk that keeps what was synced, and of the rest what it likes: none, all, what came first, or any sectors of it, so
 * that writes are torn. A file is there for sure once its folder was synced.
 */
final class PowerlessDisk {
    private static final int SECTOR = 512;
    private static final Map<Character, String> SUFFIXES = Map.of('d', "", 'w', "-wal", 'j', "-journal");

    private final boolean lies;
    private final Map<Character, Image> files = new TreeMap<>();

    /** One that lies says it has synced, and has not. */
    PowerlessDisk(boolean lies) {
        this.lies = lies;
    }

    /** What it keeps of that which was not synced. */
    enum Keeps {
        NONE,
        ALL,
        FIRST,
        ANY
    }

    private static final class Image {
        private byte[] synced;
        private final List<WriteLog> unsynced = new ArrayList<>();

        /** Its folder was synced since it is there. */
        private boolean listed;

        /** The folder is synced, not the file: it is there, or removed. */
        void list() {
            for (int i = unsynced.size() - 1; i >= 0; i--) {
                if (unsynced.get(i).what() == 'U') {
                    synced = null;
                    unsynced.subList(0, i + 1).clear();
                    break;
                }
            }
            listed = synced != null || !unsynced.isEmpty();
        }

        void sync() {
            synced = applied(synced, unsynced);
            unsynced.clear();
        }
    }

    void does(WriteLog action) {
        boolean syncs = action.what() == 'S';
        if (syncs && lies) {
            return;
        }
        if (action.file() == 'D') {
            files.values().forEach(Image::list);
            return;
        }
        Image file = files.computeIfAbsent(action.file(), f -> new Image());
        if (!syncs) {
            file.unsynced.add(action);
        } else if (file.unsynced.stream().noneMatch(each -> each.what() == 'U')) {
            file.sync();
        }
    }

    /** Lets the power fail: writes the files as they are found afterwards. */
    void fail(Path database, Keeps keeps, Random random) throws IOException {
        for (Map.Entry<Character, Image> entry : files.entrySet()) {
            Image file = entry.getValue();
            boolean gone = !file.listed && (keeps == Keeps.NONE || keeps != Keeps.ALL && random.nextBoolean());
            byte[] found = gone ? null : applied(file.synced, kept(file.unsynced, keeps, random));
            Path path = database.resolveSibling(database.getFileName() + SUFFIXES.get(entry.getKey()));
            if (found != null) {
                Files.write(path, found);
            }
        }
    }

    private static List<WriteLog> kept(List<WriteLog> unsynced, Keeps keeps, Random random) {
        return switch (keeps) {
            case NONE -> List.of();
            case ALL -> unsynced;
            case FIRST -> unsynced.subList(0, random.nextInt(unsynced.size() + 1));
            case ANY -> {
                List<WriteLog> some = new ArrayList<>();
                unsynced.forEach(action -> some.addAll(parts(action, random)));
                some.removeIf(part -> random.nextBoolean());
                yield some;
            }
        };
    }

    /** A write as its sectors, some of which may be there without the others. */
    private static List<WriteLog> parts(WriteLog action, Random random) {
        if (action.what() != 'W' || random.nextInt(3) > 0) {
            return List.of(action);
        }
        List<WriteLog> parts = new ArrayList<>();
        int at = 0;
        while (at < action.bytes().length) {
            long position = action.offset() + at;
            int end = (int) Math.min(action.bytes().length, at + SECTOR - position % SECTOR);
            parts.add(new WriteLog('W', action.file(), position, Arrays.copyOfRange(action.bytes(), at, end)));
            at = end;
        }
        return parts;
    }

    private static byte[] applied(byte[] before, List<WriteLog> actions) {
        byte[] bytes = before;
        for (WriteLog action : actions) {
            bytes = switch (action.what()) {
                case 'U' -> null;
                case 'T' -> Arrays.copyOf(bytes == null ? new byte[0] : bytes, (int) action.offset());
                default -> written(bytes == null ? new byte[0] : bytes, action);
            };
        }
        return bytes;
    }

    private static byte[] written(byte[] before, WriteLog action) {
        int end = (int) action.offset() + action.bytes().length;
        byte[] bytes = Arrays.copyOf(before, Math.max(before.length, end));
        System.arraycopy(action.bytes(), 0, bytes, (int) action.offset(), action.bytes().length);
        return bytes;
    }
}
