package dev.clew.processor.read;

import com.palantir.javapoet.ClassName;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * The names of the types that are generated for a flow.
 *
 * <table>
 *   <caption>Examples</caption>
 *   <tr><th scope="col">flow</th><th scope="col">generated</th></tr>
 *   <tr><td>{@code com.acme.EssayFlow}</td><td>{@code com.acme.EssayFlowTasks}, {@code com.acme.EssayFlowGraph}</td></tr>
 *   <tr><td>{@code com.acme.Outer.Inner}</td><td>{@code com.acme.Outer_InnerTasks}, …</td></tr>
 * </table>
 *
 * @param tasks the handle of calls
 * @param graph the graph of workflows
 */
public record GeneratedNames(ClassName tasks, ClassName graph) {
    public static GeneratedNames of(TypeElement flow) {
        ClassName name = ClassName.get(flow);
        String base = String.join("_", name.simpleNames());
        return new GeneratedNames(
                ClassName.get(name.packageName(), base + "Tasks"), ClassName.get(name.packageName(), base + "Graph"));
    }

    /** The class with the tools of a class. */
    public static ClassName toolsOf(TypeElement type) {
        ClassName name = ClassName.get(type);
        return ClassName.get(name.packageName(), String.join("_", name.simpleNames()) + "Tools");
    }

    /** The type that is made while types of the flow's signatures are unknown. */
    public ClassName awaiting() {
        String simpleName = tasks.simpleName();
        return tasks.peerClass(simpleName.substring(0, simpleName.length() - "Tasks".length()) + "Awaiting");
    }

    public List<ClassName> all() {
        return List.of(tasks, graph);
    }
}
