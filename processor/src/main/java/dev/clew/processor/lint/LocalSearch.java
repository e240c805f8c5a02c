package dev.clew.processor.lint;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/** Finds annotated methods in local and anonymous classes, which no compiler shows to a processor. */
final class LocalSearch extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Names names;
    private final Alarms alarms;
    private boolean isLocal;

    private LocalSearch(Names names) {
        this.names = names;
        this.alarms = new Alarms(names);
    }

    /** Whether it is worth a search: every class of a compilation comes by, and most have nothing to do with Clew. */
    static boolean isWorthIn(CompilationUnitTree file) {
        return file.getImports().stream()
                .anyMatch(each -> each.getQualifiedIdentifier() instanceof MemberSelectTree name
                        && name.getExpression() instanceof MemberSelectTree room
                        && room.getIdentifier().contentEquals("annotations")
                        && room.toString().equals("dev.clew.annotations"));
    }

    static Set<Alarm> alarms(Names names, TreePath type) {
        LocalSearch search = new LocalSearch(names);
        search.scan(type, null);
        return search.alarms.all();
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
        Tree around = getCurrentPath().getParentPath().getLeaf();
        boolean before = isLocal;
        isLocal |= !(around instanceof ClassTree || around instanceof CompilationUnitTree);
        super.visitClass(type, null);
        isLocal = before;
        return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
        if (isLocal && names.element(getCurrentPath()) instanceof ExecutableElement element && isLost(element)) {
            TreePath modifiers = new TreePath(getCurrentPath(), method.getModifiers());
            for (AnnotationTree annotation : method.getModifiers().getAnnotations()) {
                TreePath path = new TreePath(modifiers, annotation);
                if (names.element(path, annotation.getAnnotationType()) instanceof TypeElement type
                        && Names.PARTS.contains(Names.name(type))) {
                    alarms.add(LintRule.LOCAL, path, "'" + method.getName() + "' of a local or anonymous class", "");
                }
            }
        }
        return super.visitMethod(method, null);
    }

    /** An override of a step may repeat the annotation: the superclass has the step. */
    private static boolean isLost(Element method) {
        TypeElement above = superclass(method.getEnclosingElement());
        for (; above != null; above = superclass(above)) {
            if (above.getEnclosedElements().stream()
                    .anyMatch(each -> each.getSimpleName().equals(method.getSimpleName()) && Names.isPart(each))) {
                return false;
            }
        }
        return Names.isPart(method);
    }

    private static @Nullable TypeElement superclass(@Nullable Element type) {
        return type instanceof TypeElement below
                        && below.getSuperclass() instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement above
                ? above
                : null;
    }
}
