package dev.clew.samples.guides;

import dev.clew.annotations.Context;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.task.TaskTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks shops for an offer, and a person whether to take it. */
public class OrderFlow {
    public record Offer(String shop, int euros) {}

    public record Buyer(String name) {}

    public static final InterruptKey<Offer, Boolean> BUY = InterruptKey.of("buy", Offer.class, Boolean.class);

    @Task(
            timeout = "PT10S",
            retry = {
                @Retry(retryOn = IOException.class, maxAttempts = 5, initialInterval = "PT1S"),
                @Retry(retryOn = TaskTimeoutException.class, maxAttempts = 2)
            })
    Offer ask(String shop) throws IOException {
        if (shop.isEmpty()) {
            throw new IllegalArgumentException("a shop has a name");
        }
        return new Offer(shop, shop.length());
    }

    @Task
    String sign(Offer offer, @Context Buyer buyer) {
        return buyer.name() + " buys at " + offer.shop();
    }

    @Task
    void thank(String shop) {
        System.out.println("thank you, " + shop);
    }

    @Entrypoint
    Offer fastest(List<String> shops, OrderFlowTasks tasks) {
        return TaskFuture.anyOf(shops.stream().map(tasks::ask).toList()).join();
    }

    @Entrypoint
    Offer quote(String shop, OrderFlowTasks tasks) {
        try {
            return tasks.ask(shop).join(Duration.ofSeconds(5));
        } catch (TaskTimeoutException late) {
            return new Offer(shop, 0);
        } catch (TaskFailedException failed) {
            if (failed.failure().is(IllegalArgumentException.class)) {
                return new Offer("nobody", 0);
            }
            throw failed;
        }
    }

    @Entrypoint
    String order(List<String> shops, OrderFlowTasks tasks, Run run) {
        Offer offer = tasks.fastest(shops).join();
        Optional<Boolean> agreed = run.interrupt(BUY, offer, Duration.ofDays(2));
        if (!agreed.orElse(false)) {
            return "not bought";
        }
        if (run.patched("thank-the-shop")) {
            tasks.thank(offer.shop()).join();
        }
        return tasks.sign(offer).join();
    }
}
