package dev.clew.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.clew.processor.state.StateDeclaration;
import dev.clew.processor.state.StateRule;
import dev.clew.processor.state.StateValidator;
import dev.clew.processor.state.Updates;
import dev.clew.processor.validate.Findings;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** A record with {@code @State}. */
record StateUnit(StateDeclaration state, StateValidator validator, Elements elements) implements Unit {
    @Override
    public TypeElement type() {
        return state.type();
    }

    @Override
    public Set<String> unresolved() {
        return state.unresolved();
    }

    @Override
    public Findings validate() {
        return validator.validate(state);
    }

    @Override
    public Map<ClassName, TypeSpec> types(Findings findings) {
        if (findings.has(StateRule.GRAPH_MISSING.code())) {
            return Map.of();
        }
        return Map.of(state.update(), Updates.of(state, elements, !findings.isClean()));
    }
}
