package com.acme;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.effect.Once;
import dev.clew.effect.Undoable;
import dev.clew.flow.Workflow;
import dev.clew.spi.Contract;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * Runs the workflows of {@link Payments}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
final class PaymentsGraph extends Graph {
  private final Workflow<Payments.Invoice, Payments.Receipt> pay;

  private PaymentsGraph(Payments flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.pay = workflow(steps.pay);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<PaymentsGraph> builder(Payments flow) {
    Contract.require(1, "com.acme.PaymentsGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new PaymentsGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static PaymentsGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<PaymentsGraph> clientBuilder() {
    Contract.require(1, "com.acme.PaymentsGraph");
    return GraphBuilder.client(wiring -> new PaymentsGraph(null, wiring));
  }

  /**
   * The workflow {@link Payments#pay}, stored as {@code Payments.pay}.
   */
  public Workflow<Payments.Invoice, Payments.Receipt> pay() {
    return pay;
  }

  static PaymentsTasks tasks(Payments flow, Scope scope) {
    Contract.require(1, "com.acme.PaymentsGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<Payments.Receipt> payInvoice;

    final TaskSpec<Payments.Receipt> reserve;

    final TaskSpec<Void> lock;

    final TaskSpec<Void> note;

    final TaskSpec<List<Payments.Receipt>> all;

    final WorkflowSpec<Payments.Invoice, Payments.Receipt> pay;

    Steps(Payments flow) {
      this.payInvoice = this.payInvoice(flow);
      this.reserve = this.reserve(flow);
      this.lock = this.lock(flow);
      this.note = this.note(flow);
      this.all = this.all(flow);
      this.pay = this.pay(flow);
    }

    private TaskSpec<Payments.Receipt> payInvoice(Payments flow) {
      return Once.of(
          TaskSpec.of("payInvoice", TypeRef.of(Payments.Receipt.class))
          .method("com.acme.Payments", "payInvoice(com.acme.Payments.Invoice)")
          .parameter("invoice", TypeRef.of(Payments.Invoice.class))
          .retry(RetryPolicy.builder().maxAttempts(2).retryOn(Payments.Declined.class).build())
          .timeout(Duration.parse("PT30S"))
          .leaf(call -> flow.payInvoice(call.<Payments.Invoice>arg(0), call.taskContext())),
          PaymentsTasks.PAY_INVOICE_OUTCOME)
          .notDone(Payments.Declined.class)
          .settle(Duration.parse("PT2M"))
          .reconcile(new TypeRef<Optional<Payments.Receipt>>() {}, call -> flow.found(call.<Payments.Invoice>arg(0),
              call.taskContext()))
          .undo(new TypeRef<Optional<Payments.Receipt>>() {}, call -> {
            flow.refund(call.<Payments.Invoice>arg(0), call.<Optional<Payments.Receipt>>arg(1),
                call.taskContext());
            return null;
          })
          .spec();
    }

    private TaskSpec<Payments.Receipt> reserve(Payments flow) {
      return Undoable.of(
          TaskSpec.of("reserve", TypeRef.of(Payments.Receipt.class))
          .method("com.acme.Payments", "reserve(com.acme.Payments.Invoice, int)")
          .parameter("invoice", TypeRef.of(Payments.Invoice.class))
          .parameter("days", TypeRef.of(Integer.class))
          .timeout(Duration.parse("PT5S"))
          .leaf(call -> flow.reserve(call.<Payments.Invoice>arg(0), (int) call.<Integer>arg(1))))
          .undo(new TypeRef<Optional<Payments.Receipt>>() {}, call -> {
            flow.release(call.taskContext(), call.<Payments.Invoice>arg(0),
                (int) call.<Integer>arg(1), call.<Optional<Payments.Receipt>>arg(2));
            return null;
          })
          .spec();
    }

    private TaskSpec<Void> lock(Payments flow) {
      return Undoable.of(
          TaskSpec.of("lock", TypeRef.of(Void.class))
          .method("com.acme.Payments", "lock(java.lang.String)")
          .parameter("account", TypeRef.of(String.class))
          .leaf(call -> {
            flow.lock(call.<String>arg(0));
            return null;
          }))
          .undo(call -> {
            flow.unlock(call.<String>arg(0), (boolean) call.<Boolean>arg(1));
            return null;
          })
          .spec();
    }

    private TaskSpec<Void> note(Payments flow) {
      return Once.of(
          TaskSpec.of("note", TypeRef.of(Void.class))
          .method("com.acme.Payments", "note(long)")
          .parameter("cents", TypeRef.of(Long.class))
          .leaf(call -> {
            flow.note((long) call.<Long>arg(0), call.taskContext());
            return null;
          }),
          PaymentsTasks.NOTE_OUTCOME)
          .reconcile(call -> flow.isNoted(call.taskContext(), (long) call.<Long>arg(0)))
          .spec();
    }

    private TaskSpec<List<Payments.Receipt>> all(Payments flow) {
      return Once.of(
          TaskSpec.of("all", new TypeRef<List<Payments.Receipt>>() {})
          .method("com.acme.Payments", "all(int)")
          .parameter("most", TypeRef.of(Integer.class))
          .leaf(call -> flow.all((int) call.<Integer>arg(0), call.taskContext())),
          PaymentsTasks.ALL_OUTCOME)
          .spec();
    }

    private WorkflowSpec<Payments.Invoice, Payments.Receipt> pay(Payments flow) {
      return WorkflowSpec.of("Payments.pay", TypeRef.of(Payments.Invoice.class),
          TypeRef.of(Payments.Receipt.class))
          .undoOnFailure()
          .tasks(payInvoice, reserve, lock, note, all)
          .questions(PaymentsTasks.PAY_INVOICE_OUTCOME, PaymentsTasks.NOTE_OUTCOME,
              PaymentsTasks.ALL_OUTCOME)
          .body(call -> flow.pay(call.<Payments.Invoice>arg(0), new Tasks(this, call.scope())));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements PaymentsTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<Payments.Receipt> payInvoice(Payments.Invoice invoice) {
      return scope.call(steps.payInvoice, invoice);
    }

    @Override
    public TaskFuture<Payments.Receipt> reserve(Payments.Invoice invoice, int days) {
      return scope.call(steps.reserve, invoice, days);
    }

    @Override
    public TaskFuture<Void> lock(String account) {
      return scope.call(steps.lock, account);
    }

    @Override
    public TaskFuture<Void> note(long cents) {
      return scope.call(steps.note, cents);
    }

    @Override
    public TaskFuture<List<Payments.Receipt>> all(int most) {
      return scope.call(steps.all, most);
    }

    @Override
    public TaskFuture<Payments.Receipt> pay(Payments.Invoice invoice) {
      return scope.child(steps.pay, invoice);
    }
  }
}
