package dev.clew.spring.boot;

import dev.clew.spring.NoCheckpointerException;
import java.util.Locale;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Says why there is no checkpointer, and what to add. */
final class MissingStorage {
    private MissingStorage() {}

    static NoCheckpointerException refusal(Environment environment) {
        String said = environment.getProperty(OnPlace.PROPERTY, "").strip().toLowerCase(Locale.ROOT);
        return new NoCheckpointerException(
                switch (said) {
                    case "postgres" ->
                        isThere("dev.clew.postgres.Postgres")
                                ? "clew.checkpointer is postgres, and the application has no DataSource, or several; add one"
                                        + " (spring.datasource.url), mark one as @Primary, or define a bean of type Postgres"
                                        + " and its Checkpointer yourself"
                                : "clew.checkpointer is postgres, and dev.clew:clew-postgres is not on the class path; add it";
                    case "sqlite" ->
                        "clew.checkpointer is sqlite, and dev.clew:clew-cache-sqlite is not on the class path;"
                                + " add it";
                    default ->
                        "nothing says where Clew keeps threads; set clew.checkpointer to postgres (with"
                                + " dev.clew:clew-postgres and a DataSource), to sqlite (with dev.clew:clew-cache-sqlite and"
                                + " clew.sqlite.file), or to memory, where threads end with the process";
                });
    }

    private static boolean isThere(String name) {
        return ClassUtils.isPresent(name, ClassUtils.getDefaultClassLoader());
    }
}
