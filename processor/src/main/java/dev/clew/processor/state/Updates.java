package dev.clew.processor.state;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import java.util.Objects;
import javax.lang.model.util.Elements;

/** Makes the generated update of a state. */
public final class Updates {
    private Updates() {}

    /** The class that has a constant for each component. */
    public static ClassName components(StateDeclaration state) {
        return state.update().nestedClass(ComponentsCode.NAME);
    }

    /** The name of a component's constant. */
    public static String constant(StateDeclaration state, ComponentDeclaration component) {
        return Objects.requireNonNull(StateModeller.constants(state).get(component.name()));
    }

    /** The {@code …Update}; a stub stands in for it while the state has errors, so that code that uses it compiles. */
    public static TypeSpec of(StateDeclaration state, Elements elements, boolean isStub) {
        return new UpdateCode(new StateModeller(elements).model(state), isStub).type();
    }
}
