package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;

/** A processor that cannot load {@code com.sun.source}, as in a compiler that is not part of a JDK. */
class WithoutTreesTest {
    @Test
    void generatesAllAndTheLintIsSilent() throws Exception {
        Class<?> processor = Class.forName(WorkflowProcessor.class.getName(), true, new HidesTrees());

        Compilation compilation = Compiler.javac()
                .withProcessors((Processor) processor.getConstructor().newInstance())
                .compile(Sources.read(Path.of("src/test/resources/lint/bad/UUID.java")));

        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(Sources.generated(compilation)).hasSize(2);
    }

    /** Loads the processor itself, and lets it see everything but the trees. */
    private static final class HidesTrees extends ClassLoader {
        HidesTrees() {
            super(WorkflowProcessor.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.sun.source.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("dev.clew.processor.") ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
