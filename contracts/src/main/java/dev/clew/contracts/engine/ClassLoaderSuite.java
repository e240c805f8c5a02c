package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Application;
import dev.clew.contracts.lab.Eventually;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications that come and go in one process: their code sees their own class loader, and nothing keeps it alive. */
@Timeout(120)
public abstract class ClassLoaderSuite extends EngineSuite {
    private static final String EXPECTED = "hello a;hello b;RED[]";

    @TempDir
    Path application;

    @Test
    void anApplicationsLoaderIsCollectedOnceItsGraphIsClosed() throws Exception {
        Checkpointer store = newStore();

        WeakReference<ClassLoader> loader = runAndDrop(store);

        Eventually.until(() -> {
            System.gc();
            return loader.get() == null;
        });
        assertThat(store.thread("t")).isPresent();
    }

    private WeakReference<ClassLoader> runAndDrop(Checkpointer store) throws Exception {
        try (URLClassLoader loader = Application.in(application)) {
            assertThat(run(loader, store, null)).isEqualTo(EXPECTED);
            return new WeakReference<>(loader);
        }
    }

    private static String run(ClassLoader loader, Checkpointer store, Executor executor) throws Exception {
        return (String) loader.loadClass("app.App")
                .getMethod("run", Checkpointer.class, Executor.class)
                .invoke(null, store, executor);
    }

    @Test
    void threadsOfAnotherExecutorGetTheirOwnLoaderBack() throws Exception {
        ClassLoader own = new ClassLoader(null) {};
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setContextClassLoader(own);
            return thread;
        });
        try (URLClassLoader loader = Application.in(application)) {
            assertThat(run(loader, newStore(), threads)).isEqualTo(EXPECTED);
            for (int i = 0; i < 20; i++) {
                assertThat(threads.submit(() -> Thread.currentThread().getContextClassLoader())
                                .get())
                        .isSameAs(own);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theCallersLoaderStaysWhatItWas() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = Application.in(application)) {
            assertThat(run(loader, newStore(), Runnable::run)).isEqualTo(EXPECTED);
        }
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
}
