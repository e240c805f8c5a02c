package com.acme;

import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.DirectScope;
import dev.clew.spi.Scope;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Calls the steps of {@link Payments}. Each call starts its step and returns a future; a step that finished before
 * is answered from the run's log.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
interface PaymentsTasks {
  /**
   * Asks what became of {@link Payments#payInvoice}, whose outcome is unknown.
   */
  InterruptKey<UnknownOutcome, Resolution<Payments.Receipt>> PAY_INVOICE_OUTCOME = InterruptKey.of(
  "payInvoice.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<Payments.Receipt>>() {});

  /**
   * Asks what became of {@link Payments#note}, whose outcome is unknown.
   */
  InterruptKey<UnknownOutcome, Resolution<Void>> NOTE_OUTCOME = InterruptKey.of(
  "note.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<Void>>() {});

  /**
   * Asks what became of {@link Payments#all}, whose outcome is unknown.
   */
  InterruptKey<UnknownOutcome, Resolution<List<Payments.Receipt>>> ALL_OUTCOME = InterruptKey.of(
  "all.outcome",
  TypeRef.of(UnknownOutcome.class),
  new TypeRef<Resolution<List<Payments.Receipt>>>() {});

  /**
   * Starts the task {@link Payments#payInvoice}.
   */
  TaskFuture<Payments.Receipt> payInvoice(Payments.Invoice invoice);

  /**
   * Starts the task {@link Payments#reserve}.
   */
  TaskFuture<Payments.Receipt> reserve(Payments.Invoice invoice, int days);

  /**
   * Starts the task {@link Payments#lock}.
   */
  TaskFuture<Void> lock(String account);

  /**
   * Starts the task {@link Payments#note}.
   */
  TaskFuture<Void> note(long cents);

  /**
   * Starts the task {@link Payments#all}.
   */
  TaskFuture<List<Payments.Receipt>> all(int most);

  /**
   * Starts the entrypoint {@link Payments#pay} as a child workflow.
   */
  TaskFuture<Payments.Receipt> pay(Payments.Invoice invoice);

  /**
   * Runs each call once, inline, without engine, retry, timeout, cache or encoding: for plain unit tests.
   */
  static PaymentsTasks direct(Payments flow) {
    return PaymentsGraph.tasks(flow, DirectScope.with());
  }

  /**
   * Hands each call to a scope that runs no step of its own accord: for the test kit's fakes.
   */
  static PaymentsTasks on(Scope scope) {
    return PaymentsGraph.tasks(null, scope);
  }
}
