package com.acme;

import dev.clew.spi.Contract;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskSpec;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFuture;
import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolRef;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * The tools of {@link Travel}.
 */
@Generated("dev.clew.processor.WorkflowProcessor")
public final class TravelTools {
  /**
   * Names the tool {@link Travel#weather}.
   */
  public static final ToolRef WEATHER = ToolRef.of("weather");

  /**
   * Names the tool {@link Travel#book}.
   */
  public static final ToolRef BOOK = ToolRef.of("book");

  /**
   * Names the tool {@link Travel#leave}.
   */
  public static final ToolRef GOOD_BYE = ToolRef.of("good-bye");

  /**
   * Names the tool {@link Travel#find}.
   */
  public static final ToolRef FIND = ToolRef.of("find");

  /**
   * Names the tool {@link Travel#plan}.
   */
  public static final ToolRef PLAN = ToolRef.of("plan");

  private TravelTools() {
  }

  /**
   * The tools, whose calls are calls of this object, which all runs share.
   */
  public static List<AgentTool> of(Travel tools) {
    Contract.require(1, "com.acme.TravelTools");
    Objects.requireNonNull(tools, "tools");
    return List.of(weather(tools), book(tools), leave(tools), find(tools), plan(tools));
  }

  private static AgentTool weather(Travel tools) {
    return AgentTool.method("weather", "Tells the weather of a city.")
        .parameter("city", TypeRef.of(String.class), "its English name")
        .leaf(call -> tools.weather(call.<String>arg(0)));
  }

  private static AgentTool book(Travel tools) {
    return AgentTool.method("book", "Books a trip. Costs \"money\".")
        .parameter("trip", TypeRef.of(Travel.Trip.class), "")
        .optional("note", TypeRef.of(String.class), "")
        .parameter("people", new TypeRef<Optional<Integer>>() {}, "")
        .formerly("reserve", "order")
        .retry(RetryPolicy.builder().maxAttempts(3).build())
        .timeout(Duration.parse("PT30S"))
        .exclusive()
        .leaf(call -> tools.book(call.<Travel.Trip>arg(0), call.<String>arg(1),
            call.<Optional<Integer>>arg(2), call.taskContext()));
  }

  private static AgentTool leave(Travel tools) {
    return AgentTool.method("good-bye", "Says goodbye.")
        .returnDirect()
        .leaf(call -> {
          tools.leave();
          return null;
        });
  }

  private static AgentTool find(Travel tools) {
    return AgentTool.method("find", "Finds trips.")
        .parameter("days", TypeRef.of(Integer.class), "")
        .leaf(call -> call.await(tools.find((int) call.<Integer>arg(0),
            call.context(Travel.Clock.class))));
  }

  private static AgentTool plan(Travel tools) {
    return AgentTool.method("plan", "Plans a trip, and asks.")
        .parameter("to", TypeRef.of(String.class), "")
        .scope(call -> tools.plan(call.<String>arg(0), call.run(),
            TravelTools.tasks(tools, call.scope())));
  }

  static TravelTasks tasks(Travel flow, Scope scope) {
    Contract.require(1, "com.acme.TravelTools");
    return new Tasks(new Steps(flow), scope);
  }

  /**
   * The steps of one flow object, each a direct call of its method.
   */
  private static final class Steps {
    final TaskSpec<String> look;

    Steps(Travel flow) {
      this.look = this.look(flow);
    }

    private TaskSpec<String> look(Travel flow) {
      return TaskSpec.of("look", TypeRef.of(String.class))
          .method("com.acme.Travel", "look(java.lang.String)")
          .parameter("to", TypeRef.of(String.class))
          .leaf(call -> flow.look(call.<String>arg(0)));
    }
  }

  /**
   * Hands calls to the scope that makes them.
   */
  private static final class Tasks implements TravelTasks {
    private final Steps steps;

    private final Scope scope;

    Tasks(Steps steps, Scope scope) {
      this.steps = steps;
      this.scope = scope;
    }

    @Override
    public TaskFuture<String> look(String to) {
      return scope.call(steps.look, to);
    }
  }
}
