package dev.clew.processor.lint;

import com.sun.source.util.TreePath;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Finds the scopes of a top-level class, and reads them and the methods of the class that they call. */
final class ScopeSearch {
    private final Names names;
    private final Methods methods;

    ScopeSearch(Names names, TreePath type) {
        this.names = names;
        this.methods = new Methods(names, type);
    }

    Set<Alarm> alarms() {
        Alarms alarms = new Alarms(names);
        BodyReader reader = new BodyReader(names, methods, alarms);
        methods.all().forEach((method, path) -> {
            if (isScope((ExecutableElement) method)) {
                reader.read(new Scope((ExecutableElement) method), path);
            }
        });
        return alarms.all();
    }

    private boolean isScope(ExecutableElement method) {
        return Names.isAnnotated(method, "dev.clew.annotations.Entrypoint")
                || (Scope.mayBe(method)
                        && method.getParameters().stream().anyMatch(parameter -> isHandle(method, parameter)));
    }

    private boolean isHandle(ExecutableElement method, VariableElement parameter) {
        return Names.declared(parameter.asType())
                .map(Names::name)
                .filter(type -> type.equals(Names.RUN) || isTasks(method, type))
                .isPresent();
    }

    /** Whether a type is the handle that is generated for the class of a method. */
    private static boolean isTasks(ExecutableElement method, String type) {
        StringBuilder name = new StringBuilder();
        Element around = method.getEnclosingElement();
        for (; around instanceof TypeElement flow; around = flow.getEnclosingElement()) {
            name.insert(0, "_" + flow.getSimpleName());
        }
        String simpleName = name.substring(1) + "Tasks";
        return type.equals(around + "." + simpleName) || type.equals(simpleName);
    }
}
