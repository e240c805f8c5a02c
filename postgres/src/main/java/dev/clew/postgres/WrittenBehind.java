package dev.clew.postgres;

import dev.clew.postgres.Holding.Place;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads with writes that no durable commit has followed. A server that crashes may lose these although they were acknowledged,
 * while this process continues: then its next write would leave a gap.
 */
final class WrittenBehind {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    /** By thread: whether only its log was written, which can be read again. */
    private final Map<String, Boolean> threads = new HashMap<>();

    /** A batch is stored: a durable one that changed anything brings everything before it to the disk. */
    void stored(Batch batch, Set<String> held) {
        if (batch.isDurable() && !held.isEmpty()) {
            threads.clear();
            return;
        }
        for (Unit unit : batch.units()) {
            if (held.contains(unit.threadId())) {
                threads.merge(unit.threadId(), unit.isLogOnly(), Boolean::logicalAnd);
            }
        }
    }

    /** Fails the claims that lost something, or may have, after the connection was lost. */
    void verify(Session session, Holdings holdings) throws SQLException {
        if (threads.isEmpty()) {
            return;
        }
        Set<List<String>> runs = new HashSet<>();
        threads.keySet().forEach(thread -> {
            Holding holding = holdings.of(thread);
            if (holding != null) {
                holding.runs().keySet().forEach(run -> runs.add(List.of(thread, run)));
            }
        });
        Map<List<String>, Place> stored = runs.isEmpty() ? Map.of() : Batch.places(session, runs);
        threads.forEach((thread, isLogOnly) -> {
            Holding holding = holdings.of(thread);
            if (holding != null && !(isLogOnly && isWhole(thread, holding, stored))) {
                holding.failed = true;
                LOG.warn(
                        "the server lost what was written behind of thread '{}', or may have; its run stops and is"
                                + " recoverable",
                        thread);
            }
        });
        threads.clear();
    }

    private static boolean isWhole(String thread, Holding holding, Map<List<String>, Place> stored) {
        return holding.runs().entrySet().stream()
                .allMatch(run -> stored.getOrDefault(List.of(thread, run.getKey()), Place.NONE)
                                .next()
                        >= run.getValue().next());
    }
}
