package dev.clew.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.index.RequestNote;
import dev.clew.queue.Worker;
import dev.clew.server.catalog.Catalog;
import dev.clew.server.catalog.Served;
import dev.clew.server.fixture.Fixtures;
import dev.clew.server.view.Scalars;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class RequestBookTest {
    private final Checkpointer store = Checkpointer.inMemory();

    /** A store whose first look at a thread comes before the run of it was opened. */
    private Checkpointer early() {
        AtomicBoolean first = new AtomicBoolean(true);
        return (Checkpointer) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Checkpointer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("thread") && first.getAndSet(false)) {
                        return Optional.empty();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Test
    @SuppressWarnings("unchecked") // the input is a text
    void findsARequestWhoseRunIsOpenedAndEndsBetweenTwoLooks() {
        try (Fixtures fixtures =
                Fixtures.open(builder -> builder.checkpointer(store).worker(Worker.of("default")))) {
            Workflow<Object, Object> plain =
                    (Workflow<Object, Object>) fixtures.workflows().get("plain");
            byte[] content = "{\"graph_id\":\"plain\"}".getBytes(UTF_8);
            RunConfig config = RunConfig.thread("t").request(new RequestNote("r", "asked", content));
            assertThat(plain.enqueue("x", config).result().value()).isEqualTo("hello x");
            Served served = new Served(
                    "plain", plain, fixtures.openGraphs().iterator().next().codec(), store);
            RequestBook book = new RequestBook(new Catalog(List.of(served)), early(), Scalars.WRAP);

            assertThat(book.find("t", "r")).map(RunRequest::runId).contains("r");
        }
    }
}
