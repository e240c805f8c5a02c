package dev.clew.processor.read;

import java.util.List;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;

/** Reads what a tool gives of what its method returns. */
public final class ToolResults {
    private static final String TOOL_RESULT = "dev.clew.tools.ToolResult";

    private ToolResults() {}

    /** The value in a {@code ToolResult}; any other type as it is. */
    public static TypeMirror content(Elements elements, TypeMirror returned) {
        if (!DeclarationReader.is(returned, TOOL_RESULT)) {
            return returned;
        }
        TypeMirror object = elements.getTypeElement("java.lang.Object").asType();
        List<? extends TypeMirror> arguments = ((DeclaredType) returned).getTypeArguments();
        if (arguments.isEmpty()) {
            return object;
        }
        TypeMirror argument = arguments.get(0);
        if (!(argument instanceof WildcardType wildcard)) {
            return argument;
        }
        return wildcard.getExtendsBound() == null ? object : wildcard.getExtendsBound();
    }
}
