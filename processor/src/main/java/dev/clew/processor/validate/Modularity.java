package dev.clew.processor.validate;

import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.ModuleElement.ExportsDirective;
import javax.lang.model.element.ModuleElement.OpensDirective;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** What the module of a type lets the codec see of it. */
public final class Modularity {
    private static final String CODEC = "dev.clew.runtime";

    private final TypeElement type;
    private final PackageElement room;
    private final Optional<ModuleElement> owner;

    Modularity(Elements elements, TypeElement type) {
        this.type = type;
        this.room = elements.getPackageOf(type);
        this.owner = Optional.ofNullable(elements.getModuleOf(type)).filter(module -> !module.isUnnamed());
    }

    /** Types of the JDK are no matter of reflection: the codec knows them. */
    boolean isReadable() {
        return owner.isEmpty()
                || module().startsWith("java.")
                || owner.get().isOpen()
                || isOpened(owner.get())
                || (isExported(owner.get()) && isPublic());
    }

    String module() {
        return owner.map(module -> module.getQualifiedName().toString()).orElse("");
    }

    String packageName() {
        return room.getQualifiedName().toString();
    }

    private boolean isOpened(ModuleElement module) {
        return ElementFilter.opensIn(module.getDirectives()).stream().anyMatch(this::opens);
    }

    private boolean opens(OpensDirective directive) {
        return directive.getPackage().equals(room)
                && (directive.getTargetModules() == null
                        || directive.getTargetModules().stream()
                                .anyMatch(target -> target.getQualifiedName().contentEquals(CODEC)));
    }

    private boolean isExported(ModuleElement module) {
        return ElementFilter.exportsIn(module.getDirectives()).stream().anyMatch(this::exports);
    }

    private boolean exports(ExportsDirective directive) {
        return directive.getPackage().equals(room) && directive.getTargetModules() == null;
    }

    private boolean isPublic() {
        boolean all = true;
        for (Element around = type; around instanceof TypeElement; around = around.getEnclosingElement()) {
            all &= around.getModifiers().contains(Modifier.PUBLIC);
        }
        return all;
    }
}
