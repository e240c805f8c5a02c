package dev.clew.engine.stored;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a thread: {@code graph|boot|pid namespace|pid|start}. An owner is known to be gone if this is the same boot
 * and namespace and no such process is there, or if it is a closed or dropped graph of this very process. Otherwise
 * only its lease tells.
 */
public final class Owner {
    private static final Map<String, WeakReference<Object>> LIVE = new ConcurrentHashMap<>();
    private static final String BOOT = read("/proc/sys/kernel/random/boot_id");
    private static final String NAMESPACE = link("/proc/self/ns/pid");

    private Owner() {}

    /** A fresh id for this graph, alive until {@link #close} or until the graph is garbage. */
    public static String open(Object graph, String graphId) {
        LIVE.put(graphId, new WeakReference<>(graph));
        ProcessHandle self = ProcessHandle.current();
        return String.join("|", graphId, BOOT, NAMESPACE, String.valueOf(self.pid()), start(self));
    }

    public static void close(String owner) {
        LIVE.remove(owner.substring(0, owner.indexOf('|')));
    }

    /** The graph of this process that has this id; null if there is none. */
    public static @Nullable Object here(String owner) {
        WeakReference<Object> graph = LIVE.get(owner.substring(0, Math.max(0, owner.indexOf('|'))));
        return graph == null ? null : graph.get();
    }

    public static boolean knownGone(String owner) {
        String[] parts = owner.split("\\|", -1);
        if (parts.length != 5 || BOOT.isEmpty() || !parts[1].equals(BOOT) || !parts[2].equals(NAMESPACE)) {
            return false;
        }
        ProcessHandle self = ProcessHandle.current();
        if (parts[3].equals(String.valueOf(self.pid())) && parts[4].equals(start(self))) {
            WeakReference<Object> graph = LIVE.get(parts[0]);
            return graph == null || graph.get() == null;
        }
        Optional<ProcessHandle> process = pid(parts[3]).flatMap(ProcessHandle::of);
        return process.isEmpty()
                || !process.get().isAlive()
                || !start(process.get()).equals(parts[4]);
    }

    private static Optional<Long> pid(String text) {
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty()
                ? Optional.of(Long.valueOf(text))
                : Optional.empty();
    }

    private static String start(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(i -> String.valueOf(i.toEpochMilli()))
                .orElse("");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException unknown) {
            return "";
        }
    }

    private static String link(String file) {
        try {
            return Files.readSymbolicLink(Path.of(file)).toString();
        } catch (IOException unknown) {
            return "";
        }
    }
}
