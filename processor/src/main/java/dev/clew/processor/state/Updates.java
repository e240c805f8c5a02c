package dev.clew.processor.state;

import com.palantir.javapoet.TypeSpec;
import javax.lang.model.util.Elements;

/** Makes the generated update of a state. */
public final class Updates {
    private Updates() {}

    /** The {@code …Update}; a stub stands in for it while the state has errors, so that code that uses it compiles. */
    public static TypeSpec of(StateDeclaration state, Elements elements, boolean isStub) {
        return new UpdateCode(new StateModeller(elements).model(state), isStub).type();
    }
}
