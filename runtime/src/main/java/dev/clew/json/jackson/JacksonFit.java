package dev.clew.json.jackson;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.clew.value.IllegalRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.Version;
import tools.jackson.databind.cfg.PackageVersion;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks once that the Jackson libraries on the class path fit each other. Build tools let an application pin the annotations
 * of Jackson 2 under the databind of Jackson 3; without this check the first bean fails with {@code NoClassDefFoundError}.
 */
public final class JacksonFit {
    private static final @Nullable String MISFIT = misfit();

    private JacksonFit() {}

    /** A bean that makes Jackson look at every annotation it knows. */
    static final class Probe {
        private String name = "probe";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    public static void require() {
        if (MISFIT != null) {
            throw new IllegalRequestException(MISFIT);
        }
    }

    private static @Nullable String misfit() {
        try {
            JsonMapper mapper = JsonMapper.builder().build();
            mapper.readValue(mapper.writeValueAsBytes(new Probe()), Probe.class);
            return null;
        } catch (JacksonException closed) {
            return null; // in a named module this package is closed to Jackson, which has looked at the annotations by
            // then
        } catch (LinkageError missing) {
            return message(missing);
        }
    }

    /** Databind 3.N needs the annotations 2.(20 + N). */
    private static String message(LinkageError missing) {
        Version databind = PackageVersion.VERSION;
        String found = JsonProperty.class.getPackage().getImplementationVersion();
        String needed = "2." + (20 + databind.getMinorVersion());
        return "tools.jackson.core:jackson-databind " + databind
                + " needs com.fasterxml.jackson.core:jackson-annotations " + needed + " or newer, but "
                + (found == null ? "an older version" : found)
                + " is on the class path; declare version " + needed
                + " in your own dependencyManagement (with Spring Boot 3 the property jackson-bom.version, too, raises"
                + " it), or declare jackson-databind 3.0.4, which works with older ones [" + missing + "]";
    }
}
