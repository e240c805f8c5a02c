package dev.clew.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.validate.Findings;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/** A class of the user's for which types are generated, as one round sees it. */
interface Unit {
    TypeElement type();

    /** The types in its signatures that the compiler does not know yet, so that it is better read in another round. */
    Set<String> unresolved();

    Findings validate();

    /**
     * What is generated for it. Where the findings stand in the way these are stubs, against which code that uses them
     * compiles.
     */
    Map<ClassName, TypeSpec> types(Findings findings);

    /** The files that are made for it beside classes: their texts by their names below the root of the class path. */
    default Map<String, String> resources(Findings findings) {
        return Map.of();
    }

    /** It has been taken. */
    default void taken() {}
}
