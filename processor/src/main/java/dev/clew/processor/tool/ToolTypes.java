package dev.clew.processor.tool;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.model.FlowModel;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.GeneratedNames;
import dev.clew.processor.write.TasksCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.util.Elements;

/** What is generated for a class with tools. */
public final class ToolTypes {
    private final Elements elements;

    /** With what knows the user's types. */
    public ToolTypes(Elements elements) {
        this.elements = elements;
    }

    /**
     * The types.
     *
     * @param tasks the tasks that its scopes call, if it has no graph of its own
     * @param isStub whether findings stand in the way
     */
    public Map<ClassName, TypeSpec> of(FlowDeclaration tools, Optional<FlowModel> tasks, boolean isStub) {
        ClassName name = GeneratedNames.toolsOf(tools.type());
        Optional<FlowModel> own = tasks.map(model -> model.in(name));
        ToolsCode code = new ToolsCode(elements, tools);
        Map<ClassName, TypeSpec> types = new LinkedHashMap<>();
        types.put(name, isStub ? code.stub() : code.type(own));
        own.ifPresent(model ->
                types.put(model.names().tasks(), isStub ? new TasksCode(model).stub() : new TasksCode(model).type()));
        return types;
    }
}
