package com.acme;

import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.Contract;
import dev.clew.task.RetryPolicy;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolRef;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * The tools of {@link OnceSteps.Shop}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
final class OnceSteps_ShopTools {
  /**
   * Names the tool {@link OnceSteps.Shop#order}.
   */
  public static final ToolRef ORDER = ToolRef.of("order");

  /**
   * Asks what became of {@link OnceSteps.Shop#order}, whose outcome is unknown.
   */
  public static final InterruptKey<UnknownOutcome, Resolution<OnceSteps.Shop.Receipt>> ORDER_OUTCOME = InterruptKey.of(
  "order.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<OnceSteps.Shop.Receipt>>() {});

  /**
   * Names the tool {@link OnceSteps.Shop#hold}.
   */
  public static final ToolRef HOLD = ToolRef.of("hold");

  /**
   * Names the tool {@link OnceSteps.Shop#lock}.
   */
  public static final ToolRef LOCK = ToolRef.of("lock");

  /**
   * Names the tool {@link OnceSteps.Shop#ring}.
   */
  public static final ToolRef RING_BELL = ToolRef.of("ring-bell");

  /**
   * Asks what became of {@link OnceSteps.Shop#ring}, whose outcome is unknown.
   */
  public static final InterruptKey<UnknownOutcome, Resolution<Void>> RING_BELL_OUTCOME = InterruptKey.of(
  "ring-bell.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<Void>>() {});

  /**
   * Names the tool {@link OnceSteps.Shop#send}.
   */
  public static final ToolRef SEND = ToolRef.of("send");

  /**
   * Asks what became of {@link OnceSteps.Shop#send}, whose outcome is unknown.
   */
  public static final InterruptKey<UnknownOutcome, Resolution<List<String>>> SEND_OUTCOME = InterruptKey.of(
  "send.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<List<String>>>() {});

  /**
   * Names the tool {@link OnceSteps.Shop#print}.
   */
  public static final ToolRef PRINT = ToolRef.of("print");

  /**
   * Asks what became of {@link OnceSteps.Shop#print}, whose outcome is unknown.
   */
  public static final InterruptKey<UnknownOutcome, Resolution<Object>> PRINT_OUTCOME = InterruptKey.of(
  "print.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<Object>>() {});

  private OnceSteps_ShopTools() {
  }

  /**
   * The tools, whose calls are calls of this object, which all runs share.
   */
  public static List<AgentTool> of(OnceSteps.Shop tools) {
    Contract.require(1, "com.acme.OnceSteps_ShopTools");
    Objects.requireNonNull(tools, "tools");
    return List.of(order(tools), hold(tools), lock(tools), ring(tools), send(tools), print(tools));
  }

  private static AgentTool order(OnceSteps.Shop tools) {
    return AgentTool.method("order", "Orders.")
        .parameter("order", TypeRef.of(OnceSteps.Shop.Order.class), "")
        .parameter("floor", TypeRef.of(Integer.class), "")
        .retry(RetryPolicy.builder().maxAttempts(2).retryOn(OnceSteps.Declined.class).build())
        .timeout(Duration.parse("PT30S"))
        .once(ORDER_OUTCOME)
        .notDone(OnceSteps.Declined.class)
        .settle(Duration.parse("PT2M"))
        .reconcile(new TypeRef<Optional<OnceSteps.Shop.Receipt>>() {}, call -> tools.found(call.<OnceSteps.Shop.Order>arg(0),
            (int) call.<Integer>arg(1), call.taskContext()))
        .undo(TypeRef.of(OnceSteps.Shop.Receipt.class), new TypeRef<Optional<OnceSteps.Shop.Receipt>>() {}, call -> tools.cancel(call.taskContext(),
            call.<OnceSteps.Shop.Order>arg(0), (int) call.<Integer>arg(1),
            call.<Optional<OnceSteps.Shop.Receipt>>arg(2)))
        .leaf(call -> tools.order(call.<OnceSteps.Shop.Order>arg(0), (int) call.<Integer>arg(1),
            call.taskContext()));
  }

  private static AgentTool hold(OnceSteps.Shop tools) {
    return AgentTool.method("hold", "Holds.")
        .parameter("text", TypeRef.of(String.class), "")
        .undo(new TypeRef<List<String>>() {}, new TypeRef<Optional<List<String>>>() {}, call -> tools.release(call.<String>arg(0),
            call.<Optional<List<String>>>arg(1)))
        .leaf(call -> call.await(tools.hold(call.<String>arg(0))));
  }

  private static AgentTool lock(OnceSteps.Shop tools) {
    return AgentTool.method("lock", "Locks.")
        .parameter("door", TypeRef.of(Integer.class), "")
        .undo(call -> tools.unlock((int) call.<Integer>arg(0), call.<Boolean>arg(1)))
        .leaf(call -> {
          tools.lock((int) call.<Integer>arg(0));
          return null;
        });
  }

  private static AgentTool ring(OnceSteps.Shop tools) {
    return AgentTool.method("ring-bell", "Rings.")
        .once(RING_BELL_OUTCOME)
        .reconcile(call -> tools.hasRung(call.taskContext()))
        .leaf(call -> {
          tools.ring(call.taskContext());
          return null;
        });
  }

  private static AgentTool send(OnceSteps.Shop tools) {
    return AgentTool.method("send", "Sends.")
        .parameter("text", TypeRef.of(String.class), "")
        .once(SEND_OUTCOME)
        .reconcile(new TypeRef<Optional<List<String>>>() {}, call -> tools.sent(call.<String>arg(0)))
        .leaf(call -> call.await(tools.send(call.<String>arg(0), call.taskContext())));
  }

  private static AgentTool print(OnceSteps.Shop tools) {
    return AgentTool.method("print", "Prints.")
        .parameter("text", TypeRef.of(String.class), "")
        .once(PRINT_OUTCOME)
        .leaf(call -> tools.print(call.<String>arg(0), call.taskContext()));
  }
}
