package dev.clew;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What a source file has: lines of code, methods and top-level types. A line of code is one that is neither blank nor
 * nothing but comment, package or import.
 */
record SourceFile(
        String name,
        String packageName,
        int codeLines,
        Map<String, Integer> methods,
        List<String> topLevelTypes,
        Set<String> importedPackages) {

    /** Reads the syntax of all these files at once. */
    static List<SourceFile> read(Collection<java.nio.file.Path> paths) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(paths));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<SourceFile> read = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                read.add(new Reading(unit, positions).file());
            }
            return read;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The reading of one file. */
    private static final class Reading extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final LineMap lines;
        private final BitSet code;
        private final Map<String, Integer> methods = new TreeMap<>();
        private final List<String> around = new ArrayList<>();

        Reading(CompilationUnitTree unit, SourcePositions positions) throws IOException {
            this.unit = unit;
            this.positions = positions;
            this.lines = unit.getLineMap();
            this.code = CodeLines.of(unit.getSourceFile().getCharContent(true).toString());
        }

        SourceFile file() {
            List<String> types = new ArrayList<>();
            for (Tree type : unit.getTypeDecls()) {
                if (type instanceof ClassTree declared) {
                    types.add(declared.getSimpleName().toString());
                }
                scan(type, null);
            }
            Set<String> imported = new TreeSet<>();
            for (ImportTree used : unit.getImports()) {
                clear(used);
                imported.add(packageOf(used.getQualifiedIdentifier().toString()));
            }
            if (unit.getPackage() != null) {
                clear(unit.getPackage());
            }
            String room =
                    unit.getPackageName() == null ? "" : unit.getPackageName().toString();
            return new SourceFile(unit.getSourceFile().getName(), room, code.cardinality(), methods, types, imported);
        }

        /** Type names begin with a capital letter here, packages do not. */
        private static String packageOf(String imported) {
            StringBuilder room = new StringBuilder();
            for (String part : imported.split("\\.")) {
                if (Character.isUpperCase(part.charAt(0)) || part.equals("*")) {
                    break;
                }
                room.append(room.isEmpty() ? "" : ".").append(part);
            }
            return room.toString();
        }

        private void clear(Tree tree) {
            code.clear(first(tree), last(tree) + 1);
        }

        private int first(Tree tree) {
            return (int) lines.getLineNumber(positions.getStartPosition(unit, tree));
        }

        private int last(Tree tree) {
            return (int) lines.getLineNumber(positions.getEndPosition(unit, tree));
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            around.add(type.getSimpleName().toString());
            super.visitClass(type, null);
            around.remove(around.size() - 1);
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            if (method.getBody() != null && positions.getEndPosition(unit, method) >= 0) {
                int length = code.get(first(method), last(method) + 1).cardinality() - dispatched(method);
                methods.merge(String.join(".", around) + '.' + method.getName(), length, Math::max);
            }
            return super.visitMethod(method, null);
        }

        /** A switch that only dispatches is exempt: each of its cases counts nothing if it has one line. */
        private int dispatched(MethodTree method) {
            int[] lines = {0};
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitSwitch(SwitchTree tree, Void unused) {
                    tree.getCases().forEach(this::count);
                    return super.visitSwitch(tree, null);
                }

                @Override
                public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
                    tree.getCases().forEach(this::count);
                    return super.visitSwitchExpression(tree, null);
                }

                private void count(Tree one) {
                    lines[0] += first(one) == last(one) ? 1 : 0;
                }
            }.scan(method.getBody(), null);
            return lines[0];
        }
    }
}
