package dev.clew.spring.boot;

import dev.clew.json.JsonCodec;
import dev.clew.spring.IncompatibleVersionException;
import dev.clew.value.IllegalRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;

/** Finds out at the start whether the libraries that Spring Boot pinned fit. */
final class Versions {
    private static final int OLDEST_MAJOR = 3;
    private static final int OLDEST_MINOR = 5;

    private Versions() {}

    /** @throws IncompatibleVersionException if not, with what to change */
    static void require() {
        requireBoot(SpringBootVersion.getVersion());
        requireJackson();
    }

    static void requireBoot(@Nullable String version) {
        if (version == null) {
            return;
        }
        String[] parts = version.split("[.-]", 3);
        int major = Integer.parseInt(parts[0]);
        int minor = Integer.parseInt(parts[1]);
        if (major < OLDEST_MAJOR || (major == OLDEST_MAJOR && minor < OLDEST_MINOR)) {
            throw new IncompatibleVersionException(
                    "clew-spring-boot-starter needs Spring Boot " + OLDEST_MAJOR + "." + OLDEST_MINOR
                            + " or newer, and this is " + version,
                    null);
        }
    }

    private static void requireJackson() {
        try {
            JsonCodec unused = JsonCodec.standard();
        } catch (IllegalRequestException misfit) {
            throw new IncompatibleVersionException(String.valueOf(misfit.getMessage()), misfit);
        } catch (LinkageError broken) {
            Throwable cause = broken.getCause() instanceof IllegalRequestException misfit ? misfit : broken;
            throw new IncompatibleVersionException(
                    "the versions of Jackson 3 (tools.jackson) on the class path do not fit each other or Clew; declare"
                            + " tools.jackson.core:jackson-databind, jackson-core of the same version, 3.0.4 or newer, and"
                            + " com.fasterxml.jackson.core:jackson-annotations as the former needs it [" + cause + "]",
                    broken);
        }
    }
}
