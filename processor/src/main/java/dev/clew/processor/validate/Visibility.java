package dev.clew.processor.validate;

import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** What generated code can name, which stands in the package of its flow and inherits from nothing of the user's. */
public final class Visibility {
    private final Elements elements;
    private final PackageElement home;

    public Visibility(Elements elements, TypeElement flow) {
        this.elements = elements;
        this.home = elements.getPackageOf(flow);
    }

    /** Whether a type or member, and each type around it, can be named. */
    public boolean reaches(Element element) {
        return isOpen(element)
                && (element.getEnclosingElement() instanceof TypeElement outer
                        ? reaches(outer)
                        : !isCompact(elements, element));
    }

    /** Whether it is, or is in, the class that a compact source file declares, which has no name for anyone else. */
    public static boolean isCompact(Elements elements, Element element) {
        Element top = element;
        while (top.getEnclosingElement() instanceof TypeElement outer) {
            top = outer;
        }
        return top instanceof TypeElement type
                && type.getEnclosingElement() instanceof PackageElement room
                && room.isUnnamed()
                && elements.getTypeElement(type.getQualifiedName()) == null;
    }

    /** Whether an element can be named where the type around it can. */
    public boolean isOpen(Element element) {
        return element.getModifiers().contains(Modifier.PUBLIC)
                || (!element.getModifiers().contains(Modifier.PRIVATE)
                        && elements.getPackageOf(element).equals(home));
    }
}
