package com.acme;

import dev.clew.Graph;
import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Workflow;
import dev.clew.spi.Contract;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.Wiring;
import dev.clew.spi.WorkflowSpec;
import dev.clew.task.CachePolicy;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.annotation.processing.Generated;

/**
 * Runs the workflows of {@link Roles}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class RolesGraph extends Graph {
  private final Workflow<Integer, Integer> count;

  private final Workflow<String, String> everything;

  private final Workflow<Void, Integer> later;

  private final Workflow<Void, Void> nothing;

  private RolesGraph(Roles flow, Wiring wiring) {
    super(wiring);
    Steps steps = new Steps(flow);
    this.count = workflow(steps.count);
    this.everything = workflow(steps.everything);
    this.later = workflow(steps.later);
    this.nothing = workflow(steps.nothing);
  }

  /**
   * A builder of a graph that runs the steps of this object, which all runs share.
   */
  public static GraphBuilder<RolesGraph> builder(Roles flow) {
    Contract.require(1, "com.acme.RolesGraph");
    Objects.requireNonNull(flow, "flow");
    return GraphBuilder.of(wiring -> new RolesGraph(flow, wiring));
  }

  /**
   * A client: the same workflows, which it executes nowhere. It enqueues runs for workers, answers, cancels, and reads.
   */
  public static RolesGraph client(Checkpointer checkpointer) {
    return clientBuilder().checkpointer(checkpointer).build();
  }

  /**
   * A builder of a client, for what {@link #client} does not say, such as a codec.
   */
  public static GraphBuilder<RolesGraph> clientBuilder() {
    Contract.require(1, "com.acme.RolesGraph");
    return GraphBuilder.client(wiring -> new RolesGraph(null, wiring));
  }

  /**
   * The workflow {@link Roles#count}, stored as {@code Roles.count}.
   */
  public Workflow<Integer, Integer> count() {
    return count;
  }

  /**
   * The workflow {@link Roles#everything}, stored as {@code roles/everything}.
   */
  public Workflow<String, String> everything() {
    return everything;
  }

  /**
   * The workflow {@link Roles#later}, stored as {@code Roles.later}.
   */
  public Workflow<Void, Integer> later() {
    return later;
  }

  /**
   * The workflow {@link Roles#nothing}, stored as {@code Roles.nothing}.
   */
  public Workflow<Void, Void> nothing() {
    return nothing;
  }

  static RolesTasks tasks(Roles flow, Scope scope) {
    Contract.require(1, "com.acme.RolesGraph");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<Void> send;

    final TaskSpec<List<String>> search;

    final TaskSpec<String> cached;

    final TaskSpec<String> scope;

    final TaskSpec<String> runner;

    final WorkflowSpec<Integer, Integer> count;

    final WorkflowSpec<String, String> everything;

    final WorkflowSpec<Void, Integer> later;

    final WorkflowSpec<Void, Void> nothing;

    Steps(Roles flow) {
      this.send = this.send(flow);
      this.search = this.search(flow);
      this.cached = this.cached(flow);
      this.scope = this.scope(flow);
      this.runner = this.runner(flow);
      this.count = this.count(flow);
      this.everything = this.everything(flow);
      this.later = this.later(flow);
      this.nothing = this.nothing(flow);
    }

    private TaskSpec<Void> send(Roles flow) {
      return TaskSpec.of("send-mail", TypeRef.of(Void.class))
          .method("com.acme.Roles", "send(java.lang.String)")
          .parameter("text", TypeRef.of(String.class))
          .retry(RetryPolicy.builder().maxAttempts(10).initialInterval(Duration.parse("PT5S"))
              .maxInterval(Duration.parse("PT5M")).retryIf(new Roles.Throttled()).build())
          .retry(RetryPolicy.builder().backoff(1.5).jitter(false).retryOn(IOException.class)
              .retryOn(TimeoutException.class).build())
          .timeout(Duration.parse("PT30S"))
          .idleTimeout(Duration.parse("PT5S"))
          .leaf(call -> {
            flow.send(call.context(Roles.Account.class), call.<String>arg(0), call.taskContext());
            return null;
          });
    }

    @SuppressWarnings("unchecked")
    private TaskSpec<List<String>> search(Roles flow) {
      return TaskSpec.of("search", new TypeRef<List<String>>() {})
          .method("com.acme.Roles", "search(java.util.List<java.lang.String>, int)")
          .parameter("words", new TypeRef<List<String>>() {})
          .parameter("limit", TypeRef.of(Integer.class))
          .cache(CachePolicy.of("2").ttl(Duration.parse("PT1H")))
          .cacheKey(args -> Roles.searchKey((List<String>) args[0], (int) args[1]))
          .leaf(call -> flow.search(call.<List<String>>arg(0), call.taskContext(),
              (int) call.<Integer>arg(1)));
    }

    private TaskSpec<String> cached(Roles flow) {
      return TaskSpec.of("cached", TypeRef.of(String.class))
          .method("com.acme.Roles", "cached(java.lang.String)")
          .parameter("text", TypeRef.of(String.class))
          .cache(CachePolicy.of("1"))
          .leaf(call -> flow.cached(call.<String>arg(0)));
    }

    private TaskSpec<String> scope(Roles flow) {
      return TaskSpec.of("scope", TypeRef.of(String.class))
          .method("com.acme.Roles", "scope(java.lang.String)")
          .parameter("text", TypeRef.of(String.class))
          .scope(call -> flow.scope(new Tasks(this, call.scope()), call.<String>arg(0)));
    }

    private TaskSpec<String> runner(Roles flow) {
      return TaskSpec.of("runner", TypeRef.of(String.class))
          .method("com.acme.Roles", "runner(java.lang.String)")
          .parameter("text", TypeRef.of(String.class))
          .scope(call -> flow.runner(call.<String>arg(0), call.run()));
    }

    private WorkflowSpec<Integer, Integer> count(Roles flow) {
      return WorkflowSpec.of("Roles.count", TypeRef.of(Integer.class), TypeRef.of(Integer.class))
          .previous(TypeRef.of(Integer.class))
          .context(Roles.Account.class)
          .tasks(send, search, cached, scope, runner)
          .body(call -> flow.count(call.<Integer>arg(0),
              Optional.ofNullable(call.<Integer>previous())));
    }

    private WorkflowSpec<String, String> everything(Roles flow) {
      return WorkflowSpec.of("roles/everything", TypeRef.of(String.class), TypeRef.of(String.class))
          .saves(new TypeRef<List<String>>() {})
          .previous(new TypeRef<List<String>>() {})
          .context(Roles.Account.class)
          .context(Roles.User.class)
          .retry(RetryPolicy.builder().maxAttempts(2).build())
          .timeout(Duration.parse("PT10M"))
          .idleTimeout(Duration.parse("PT30S"))
          .childMemory()
          .tasks(send, search, cached, scope, runner)
          .body(call -> flow.everything(new Tasks(this, call.scope()),
              call.<List<String>>previous(), call.context(Roles.User.class), call.<String>arg(0),
              call.context(Roles.Account.class), call.run()));
    }

    private WorkflowSpec<Void, Integer> later(Roles flow) {
      return WorkflowSpec.of("Roles.later", TypeRef.of(Void.class), TypeRef.of(Integer.class))
          .saves(new TypeRef<Optional<String>>() {})
          .previous(new TypeRef<Optional<String>>() {})
          .context(Roles.Account.class)
          .tasks(send, search, cached, scope, runner)
          .body(call -> call.await(flow.later(Optional.ofNullable(call.<Optional<String>>previous()))));
    }

    private WorkflowSpec<Void, Void> nothing(Roles flow) {
      return WorkflowSpec.of("Roles.nothing", TypeRef.of(Void.class), TypeRef.of(Void.class))
          .context(Roles.Account.class)
          .tasks(send, search, cached, scope, runner)
          .body(call -> {
            flow.nothing(new Tasks(this, call.scope()));
            return null;
          });
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements RolesTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<Void> send(String text) {
      return scope.call(steps.send, text);
    }

    @Override
    public TaskFuture<List<String>> search(List<String> words, int limit) {
      return scope.call(steps.search, words, limit);
    }

    @Override
    public TaskFuture<String> cached(String text) {
      return scope.call(steps.cached, text);
    }

    @Override
    public TaskFuture<String> scope(String text) {
      return scope.call(steps.scope, text);
    }

    @Override
    public TaskFuture<String> runner(String text) {
      return scope.call(steps.runner, text);
    }

    @Override
    public TaskFuture<Integer> count(Integer step) {
      return scope.child(steps.count, step);
    }

    @Override
    public TaskFuture<String> everything(String input) {
      return scope.child(steps.everything, input);
    }

    @Override
    public TaskFuture<Integer> later() {
      return scope.child(steps.later, null);
    }

    @Override
    public TaskFuture<Void> nothing() {
      return scope.child(steps.nothing, null);
    }
  }
}
