package dev.clew.server.api;

import dev.clew.Graph;
import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.server.assistant.AssistantBook;
import dev.clew.server.auth.Authorizer;
import dev.clew.server.catalog.Catalog;
import dev.clew.server.cron.CronBook;
import dev.clew.server.feed.Feeds;
import dev.clew.server.view.Scalars;
import dev.clew.server.view.ThreadBook;
import dev.clew.server.webhook.Outbox;
import dev.clew.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the handlers share.
 *
 * @param graphs whose workflows are served, at least one
 * @param items the store that clients may use; null if there is none
 * @param crons null if there is no such store
 * @param assistants those that clients made; null if there is no such store
 * @param outbox the webhooks that are to be sent; null if there are none
 */
public record Parts(
        List<Graph> graphs,
        Catalog catalog,
        Checkpointer store,
        Operator operator,
        Feeds feeds,
        ThreadBook book,
        Authorizer authorizer,
        Scalars scalars,
        @Nullable Store items,
        @Nullable CronBook crons,
        @Nullable AssistantBook assistants,
        @Nullable Outbox outbox) {
    /** A graph: for what any of them does, since they have one store. */
    Graph anyGraph() {
        return graphs.get(0);
    }

    /** Copies a thread that ran. */
    void copy(String from, String to) {
        anyGraph().copyThread(from, to);
    }
}
