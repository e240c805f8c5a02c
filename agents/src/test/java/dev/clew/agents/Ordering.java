package dev.clew.agents;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.Append;
import dev.clew.annotations.Effect;
import dev.clew.annotations.Node;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.flow.TaskContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A graph whose nodes act outside, once. */
@StateGraph(Ordering.Cart.class)
class Ordering {
    /** What is bought. */
    @State
    record Cart(
            String item, @Nullable String receipt, @Append List<String> notes) {}

    /** What happened outside, by effect id. */
    final Map<String, String> done = new ConcurrentHashMap<>();

    /** What is done as soon as something has happened. */
    Runnable acted = () -> {};

    @Node(after = START, writes = "receipt", effect = Effect.ONCE, reconcile = "receipt", settle = "PT1S")
    String pay(String item, TaskContext context) {
        return act("paid " + item, context);
    }

    Optional<String> receipt(String item, TaskContext context) {
        return Optional.ofNullable(done.get(context.effectId()));
    }

    @Node(after = "pay", effect = Effect.ONCE, reconcile = "shipped")
    CartUpdate ship(String item, TaskContext context) {
        return CartUpdate.update().notes(act("shipped " + item, context));
    }

    Optional<CartUpdate> shipped(String item, TaskContext context) {
        return receipt(item, context).map(note -> CartUpdate.update().notes(note));
    }

    @Node(after = "ship", effect = Effect.ONCE)
    CartUpdate thank(String item, TaskContext context) {
        return CartUpdate.update().notes(act("thanked for " + item, context));
    }

    private String act(String what, TaskContext context) {
        if (done.putIfAbsent(context.effectId(), what) != null) {
            throw new AssertionError("twice: " + what);
        }
        acted.run();
        return what;
    }
}
