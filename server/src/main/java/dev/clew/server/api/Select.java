package dev.clew.server.api;

import dev.clew.server.kernel.ApiRefusal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which members of listed things a client wants. */
final class Select {
    private static final Set<String> RUN = Set.of(
            "run_id",
            "thread_id",
            "assistant_id",
            "created_at",
            "updated_at",
            "status",
            "metadata",
            "kwargs",
            "multitask_strategy");

    private static final Set<String> THREAD = Set.of(
            "thread_id",
            "created_at",
            "updated_at",
            "state_updated_at",
            "metadata",
            "status",
            "config",
            "context",
            "values",
            "interrupts",
            "error");

    private static final Set<String> ASSISTANT = Set.of(
            "assistant_id",
            "graph_id",
            "name",
            "description",
            "config",
            "context",
            "metadata",
            "version",
            "created_at",
            "updated_at");

    private static final Set<String> CRON = Set.of(
            "cron_id",
            "assistant_id",
            "thread_id",
            "user_id",
            "schedule",
            "timezone",
            "enabled",
            "end_time",
            "next_run_date",
            "on_run_completed",
            "payload",
            "metadata",
            "now",
            "created_at",
            "updated_at");

    private Select() {}

    static Set<String> ofRun(Collection<String> given) {
        return known(given, RUN);
    }

    static Set<String> ofThread(Collection<String> given) {
        return known(given, THREAD);
    }

    static Set<String> ofAssistant(Collection<String> given) {
        return known(given, ASSISTANT);
    }

    static Set<String> ofCron(Collection<String> given) {
        return known(given, CRON);
    }

    /** In the order in which they were given; empty for all. */
    private static Set<String> known(Collection<String> given, Set<String> members) {
        Set<String> select = new LinkedHashSet<>(given);
        for (String one : select) {
            if (!members.contains(one)) {
                throw ApiRefusal.invalid("'select' has '" + one + "'; there are "
                        + String.join(", ", members.stream().sorted().toList()));
            }
        }
        return select;
    }
}
