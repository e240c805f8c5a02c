package dev.clew.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Cuts the slice of {@link SpringClewTest}. Spring's tests find it by {@code spring.factories}. */
final class SliceCustomizerFactory implements ContextCustomizerFactory {
    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return TestContextAnnotationUtils.hasAnnotation(testClass, SpringClewTest.class) ? new Slice() : null;
    }

    /** Equal to any other one, so that tests share a context. */
    private record Slice() implements ContextCustomizer {
        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            TypeExcludeFilter filter = new OnlyFlows();
            context.getBeanFactory().registerSingleton(OnlyFlows.class.getName(), filter);
        }
    }
}
