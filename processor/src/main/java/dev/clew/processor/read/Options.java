package dev.clew.processor.read;

import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/**
 * The annotation that has the options of a step, a node or a graph.
 *
 * @param element the method or class that it stands on
 * @param site where findings about it are reported: the element, or a class where the element is not in these sources
 * @param written the annotation
 * @param label what messages call the element
 * @param values the types of the parameters that are values, which a cache key is made of
 */
public record Options(Element element, Element site, Attributes written, String label, List<TypeMirror> values) {
    /** The class that has the method, or the class itself. */
    public TypeElement owner() {
        return element instanceof TypeElement type
                ? type
                : (TypeElement) Objects.requireNonNull(element.getEnclosingElement());
    }

    /** The place of an attribute, of the annotation or of one nested in it. */
    public Location at(Attributes attributes, String attribute) {
        return site.equals(element)
                ? new Location(
                        element, written.mirror(), attributes.value(attribute).orElse(null))
                : Location.of(site);
    }
}
