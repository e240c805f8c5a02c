package dev.clew.processor;

import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

final class FlowValidator {
    FlowValidator(Elements elements, Types types, Known known) {}

    Findings validate(FlowDeclaration flow) {
        return new Findings();
    }
}
