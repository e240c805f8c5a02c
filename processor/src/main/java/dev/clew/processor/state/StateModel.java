package dev.clew.processor.state;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/**
 * A state as generated code knows it.
 *
 * @param origin the record: what is generated depends on it alone
 * @param update the name of the generated update
 * @param type the record; {@code Object} in the stub of one that cannot be named
 * @param isPublic whether it, and with it what is generated, can be named from other packages
 * @param components its components, in their order
 * @param suppressed the warnings that the user's types would cause in generated code
 */
record StateModel(
        TypeElement origin,
        ClassName update,
        TypeName type,
        boolean isPublic,
        List<ComponentModel> components,
        List<String> suppressed) {
    /**
     * A component as generated code knows it.
     *
     * @param name its name
     * @param constant the name of the constant that describes it
     * @param type its type
     * @param isNullable whether it may be null
     * @param formerly the names that it had before
     * @param reduction how it folds what is written, if it does
     */
    record ComponentModel(
            String name,
            String constant,
            TypeName type,
            boolean isNullable,
            List<String> formerly,
            Optional<ReductionModel> reduction) {}

    /**
     * A reducer as generated code knows it.
     *
     * @param update the type of what is written
     * @param make an expression that makes it
     */
    record ReductionModel(TypeName update, CodeBlock make) {}
}
