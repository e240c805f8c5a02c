package dev.clew.agents;

import dev.clew.annotations.Effect;
import dev.clew.annotations.Tool;
import dev.clew.flow.TaskContext;
import dev.clew.tools.ToolResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tools whose effects must not happen twice, and what they did. */
class Bank {
    /** Says that nothing was booked. */
    static final class Declined extends Exception {
        private static final long serialVersionUID = 1L;

        Declined(String why) {
            super(why);
        }
    }

    record Payment(String to, int cents) {}

    record Receipt(String number, int cents) {}

    /** The outside world: what was booked, by effect id. */
    final Map<String, Receipt> booked = new ConcurrentHashMap<>();

    /** Each beginning of a body: the tool, and the attempt. */
    final List<String> begun = new CopyOnWriteArrayList<>();

    /** What a payment does after it has booked, or before. */
    interface Trouble {
        void strike() throws IOException, Declined;
    }

    Trouble before = () -> {};
    Trouble after = () -> {};

    @Tool(
            value = "Pays.",
            effect = Effect.ONCE,
            reconcile = "found",
            notDone = Declined.class,
            settle = "PT1S",
            timeout = "PT10S")
    Receipt pay(Payment payment, TaskContext context) throws IOException, Declined {
        begun.add("pay " + context.attempt());
        before.strike();
        Receipt receipt = new Receipt("r-" + payment.to(), payment.cents());
        if (booked.putIfAbsent(context.effectId(), receipt) != null) {
            throw new AssertionError("booked twice");
        }
        after.strike();
        return receipt;
    }

    Optional<Receipt> found(Payment payment, TaskContext context) {
        return Optional.ofNullable(booked.get(context.effectId()));
    }

    @Tool(value = "Sends a cheque.", effect = Effect.ONCE)
    ToolResult<Receipt> cheque(Payment payment, TaskContext context) {
        begun.add("cheque " + context.attempt());
        try {
            before.strike();
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (Declined refused) {
            throw new IllegalStateException(refused);
        }
        return ToolResult.of(new Receipt("c-" + payment.to(), payment.cents())).artifact("copy");
    }
}
