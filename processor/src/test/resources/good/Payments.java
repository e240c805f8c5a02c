package com.acme;

import dev.clew.annotations.Effect;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.OnFailure;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.TaskContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tasks whose effects must not happen twice. */
class Payments extends Ledger {
    record Invoice(String id, long cents) {}

    record Receipt(String number) {}

    static final class Declined extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Task(
            effect = Effect.ONCE,
            reconcile = "found",
            notDone = Declined.class,
            settle = "PT2M",
            undo = "refund",
            timeout = "PT30S",
            retry = @Retry(maxAttempts = 2, retryOn = Declined.class))
    Receipt payInvoice(Invoice invoice, TaskContext context) throws IOException, Declined {
        return new Receipt(context.effectId());
    }

    Optional<Receipt> found(Invoice invoice, TaskContext context) throws IOException {
        return Optional.empty();
    }

    void refund(Invoice invoice, Optional<Receipt> receipt, TaskContext context) throws IOException {}

    @Task(undo = "release", timeout = "PT5S")
    Receipt reserve(Invoice invoice, int days) {
        return new Receipt(invoice.id());
    }

    void release(TaskContext context, Invoice invoice, int days, Optional<Receipt> receipt) {}

    @Task(undo = "unlock")
    void lock(String account) {}

    void unlock(String account, boolean happened) {}

    @Task(name = "note", effect = Effect.ONCE, reconcile = "isNoted")
    void note(long cents, TaskContext context) {}

    @Task(effect = Effect.ONCE)
    List<Receipt> all(int most, TaskContext context) {
        return List.of();
    }

    @Entrypoint(onFailure = OnFailure.UNDO)
    Receipt pay(Invoice invoice, PaymentsTasks tasks) {
        tasks.note(invoice.cents()).join();
        return tasks.payInvoice(invoice).join();
    }
}

class Ledger {
    boolean isNoted(TaskContext context, long cents) {
        return cents > 0;
    }
}
