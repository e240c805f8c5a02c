package dev.clew.processor.read;

import com.palantir.javapoet.ClassName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** What this compilation has shown so far: its source types, and the names that are, or will be, generated. */
public final class Known {
    private final Set<String> sources = new HashSet<>();
    /** The generated types, each with the class that they are generated for. */
    private final Map<String, String> generated = new HashMap<>();
    /** The names of generated types as users may write them: asked for often, in compilations with many flows. */
    private final Set<String> spellings = new HashSet<>();

    /**
     * Notes the top-level types that this round was given; what we made in the round before is not a source.
     *
     * @return whether there are any but ours
     */
    public boolean sources(Set<? extends Element> roots) {
        boolean others = false;
        for (TypeElement root : ElementFilter.typesIn(roots)) {
            String name = root.getQualifiedName().toString();
            if (!generated.containsKey(name)) {
                sources.add(name);
                others = true;
            }
        }
        return others;
    }

    /** Notes a type that is made for the sake of another round. */
    public void marker(ClassName name, TypeElement flow) {
        generated.put(name.canonicalName(), flow.getQualifiedName().toString());
    }

    /** Notes the names of what is generated for a class; of two classes with the same names the first has them. */
    public void generates(TypeElement origin, List<ClassName> names) {
        for (ClassName name : names) {
            generated.putIfAbsent(
                    name.canonicalName(), origin.getQualifiedName().toString());
            spellings.add(name.canonicalName());
            spellings.add(name.simpleName());
        }
    }

    /** Whether a type is in the sources of this compilation. */
    public boolean isSource(TypeElement type) {
        return sources.contains(ClassName.get(type).topLevelClassName().canonicalName());
    }

    /** Whether a name that is to be generated for a class belongs to a type of the user's, or to another class. */
    public boolean isTaken(ClassName name, TypeElement origin) {
        return sources.contains(name.canonicalName())
                || !origin.getQualifiedName().contentEquals(generated.getOrDefault(name.canonicalName(), ""));
    }

    /**
     * Whether a type that the compiler does not know, given as the user wrote it, is one of ours, or has one inside: to
     * ecj all of {@code List<FlowTasks>} is unknown.
     */
    public boolean isGenerated(String written) {
        return spellings.contains(written)
                || Stream.of(written.split("[<>,?\\[\\]\\s]+")).anyMatch(spellings::contains);
    }

    /** Whether the user, who may have imported the type or not, meant it. */
    static boolean isNamed(String written, ClassName name) {
        return written.equals(name.canonicalName()) || written.equals(name.simpleName());
    }
}
