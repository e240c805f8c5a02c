/**
 * What a user writes on plain Java methods to make them durable.
 *
 * <p>A class with {@link Entrypoint @Entrypoint} and {@link Task @Task} methods is a <em>flow</em>. For a flow
 * {@code EssayFlow} the annotation processor generates, in the same package, {@code EssayFlowTasks}, through which the
 * entrypoints call the tasks, and {@code EssayFlowGraph}, through which an application runs the entrypoints. (For a
 * nested flow {@code Outer.Inner} their names begin with {@code Outer_Inner}.) A run that stops, because a person must
 * answer or a process died, is run again from the first line of its entrypoint; tasks that finished are not executed
 * again, their recorded outcomes are returned.
 *
 * <p><strong>Two kinds of method.</strong> A task that takes neither the generated {@code …Tasks} nor {@code Run} is a
 * <em>leaf</em>: it may do anything, read the clock, draw random numbers, call the network. An entrypoint, or a task that
 * takes either of the two, is a <em>scope</em>: between its durable calls its code must be deterministic, because it is
 * executed again on replay.
 *
 * <p><strong>Parameters.</strong> An entrypoint has one business parameter or none, a task has any number. The others are
 * injected by their type and never persisted: the flow's own {@code …Tasks}, {@code Run} (in scopes), {@code TaskContext}
 * (in leaves), {@link Previous @Previous} (in entrypoints) and {@link Context @Context}.
 *
 * <p><strong>Durations</strong> are text in ISO-8601, as {@link java.time.Duration#parse} reads it: {@code "PT0.5S"} is
 * half a second, {@code "PT2M"} two minutes, {@code "P7D"} seven days. Where a duration is given it must be positive; the
 * processor refuses anything else at compile time.
 *
 * <p><strong>If the compiler finds no {@code EssayFlowTasks}</strong>, and says nothing that begins with {@code CLEW}, the
 * processor did not run: {@code clew-processor} must be on the processor path ({@code annotationProcessorPaths} in Maven,
 * {@code annotationProcessor} in Gradle). On the class path alone a JDK 23 or newer ignores it.
 *
 * <p><strong>Graphs.</strong> A class with {@link StateGraph @StateGraph} is a <em>graph</em>: its {@link Node @Node} methods
 * run in supersteps over a {@link State @State} record that they share. For a graph {@code Research} the processor generates
 * {@code ResearchGraph} and {@code ResearchNode}, for its state {@code ResearchState} it generates
 * {@code ResearchStateUpdate}. A component with a {@link Reducer} takes the updates of several nodes.
 *
 * <p>Of the annotations only {@link To @To} and {@link End @End} are kept at run time. An application of flows alone need not
 * have this module on its run time path; graphs bring it along, because it has the reducers.
 */
package dev.clew.annotations;
