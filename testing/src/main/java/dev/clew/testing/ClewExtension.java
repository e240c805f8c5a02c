package dev.clew.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives test methods a {@link Lab} and closes it after them. Comes with {@link ClewTest}; a plain {@code @Test} of a class
 * with {@code @ExtendWith(ClewExtension.class)} gets a lab in memory.
 */
public final class ClewExtension
        implements TestTemplateInvocationContextProvider, ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(ClewExtension.class);

    /** For JUnit. */
    public ClewExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return annotation(context) != null;
    }

    private static @org.jspecify.annotations.Nullable ClewTest annotation(ExtensionContext context) {
        return context.getTestMethod()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, ClewTest.class))
                .orElse(null);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        ClewTest test = annotation(context);
        return test == null ? Stream.of() : Arrays.stream(test.value()).map(storage -> new Invocation(storage, test));
    }

    /** A test over one storage. */
    private record Invocation(Storage storage, ClewTest test) implements TestTemplateInvocationContext, Extension {
        @Override
        public String getDisplayName(int index) {
            return storage.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of((org.junit.jupiter.api.extension.BeforeEachCallback) context -> context.getStore(NAMESPACE)
                    .put(Lab.class, new Lab(storage, test.seed()).replayCheck(test.replayCheck())));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // get and put, because the method that does both at once has another name in JUnit 5 than in 6
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        Lab lab = store.get(Lab.class, Lab.class);
        if (lab == null) {
            lab = Lab.open(Storage.MEMORY);
            store.put(Lab.class, lab);
        }
        return lab;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Lab lab = context.getStore(NAMESPACE).remove(Lab.class, Lab.class);
        if (lab != null) {
            lab.finish(context.getExecutionException().isEmpty());
        }
    }
}
