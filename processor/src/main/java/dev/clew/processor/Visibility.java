package dev.clew.processor;

import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** What generated code can name, which stands in the package of its flow and inherits from nothing of the user's. */
final class Visibility {
    private final Elements elements;
    private final PackageElement home;

    Visibility(Elements elements, TypeElement flow) {
        this.elements = elements;
        this.home = elements.getPackageOf(flow);
    }

    /** Whether a type or member, and each type around it, can be named. */
    boolean reaches(Element element) {
        boolean near = elements.getPackageOf(element).equals(home);
        return isOpen(element, near)
                && (!(element.getEnclosingElement() instanceof TypeElement outer) || reaches(outer));
    }

    private static boolean isOpen(Element element, boolean near) {
        return element.getModifiers().contains(Modifier.PUBLIC)
                || (near && !element.getModifiers().contains(Modifier.PRIVATE));
    }
}
