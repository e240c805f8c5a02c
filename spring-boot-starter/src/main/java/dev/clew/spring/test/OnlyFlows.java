package dev.clew.spring.test;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Leaves out each scanned class that has no generated graph. */
final class OnlyFlows extends TypeExcludeFilter {
    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        try {
            factory.getMetadataReader(reader.getClassMetadata().getClassName() + "Graph");
            return false;
        } catch (FileNotFoundException noGraph) {
            return true;
        }
    }

    /** Spring keeps contexts by what made them, this filter included. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OnlyFlows;
    }

    @Override
    public int hashCode() {
        return OnlyFlows.class.hashCode();
    }
}
