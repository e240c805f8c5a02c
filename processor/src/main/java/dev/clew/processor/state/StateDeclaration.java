package dev.clew.processor.state;

import com.palantir.javapoet.ClassName;
import dev.clew.processor.read.FlowDeclaration;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/**
 * A record with {@code @State} as the user wrote it.
 *
 * @param type the record
 * @param components its components, in their order
 * @param unresolved the types of components that the compiler does not know (yet)
 */
public record StateDeclaration(TypeElement type, List<ComponentDeclaration> components, Set<String> unresolved) {
    /** The name of the update that is generated for a record: also that of a nested one is named after the record alone. */
    public static ClassName updateOf(TypeElement state) {
        ClassName name = ClassName.get(state);
        return ClassName.get(name.packageName(), name.simpleName() + "Update");
    }

    /** The name of the generated update. */
    public ClassName update() {
        return updateOf(type);
    }

    /** Its name without the package: {@code Outer.Inner}. */
    public String label() {
        return FlowDeclaration.label(type);
    }
}
