package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects a dependency that belongs to one run, such as the current user or a client with that user's rights, into an
 * {@link Entrypoint @Entrypoint} or a {@link Task @Task}.
 *
 * <pre>{@code
 * public class MailFlow {
 *     @Task
 *     void send(String text, @Context MailAccount account) {
 *         account.send(text);
 *     }
 *
 *     @Entrypoint
 *     void greet(String name, MailFlowTasks tasks) {
 *         tasks.send("Hello, " + name).join();
 *     }
 * }
 *
 * try (var graph = MailFlowGraph.builder(new MailFlow()).build()) {
 *     graph.greet().invoke("Ada", RunConfig.thread("ada").context(account));
 * }
 * }</pre>
 *
 * <p>The object is found by the parameter's exact type, among those given in {@code RunConfig} or, for runs that are
 * recovered, to the graph's builder. If one is missing that the body or any task of the class takes, the run is refused
 * before the body starts.
 *
 * <p>It is never persisted, never part of a task's recorded arguments or cache key, and need not be the same object when
 * the run goes on later: do not let what the body decides depend on it.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.CLASS)
public @interface Context {}
