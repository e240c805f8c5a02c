import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class Flow {
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @Entrypoint
    String go(List<String> input, FlowTasks tasks) {
        Thread thread = new Thread(() -> {}); // CLEW104 new Thread(() -> {})
        thread.start(); // CLEW104 thread.start
        pool.submit(() -> "x"); // CLEW104 pool.submit
        pool.execute(() -> {}); // CLEW104 pool.execute
        Executors.newCachedThreadPool(); // CLEW104 Executors.newCachedThreadPool
        CompletableFuture.supplyAsync(() -> "x") // CLEW104 CompletableFuture.supplyAsync
                .thenApply(String::trim);
        input.parallelStream() // CLEW104 input.parallelStream
                .map(text -> tasks.leaf(text).join())
                .toList();
        return "";
    }

    @Task
    String leaf(String text) {
        return text;
    }
}
