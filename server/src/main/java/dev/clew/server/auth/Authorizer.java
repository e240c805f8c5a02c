package dev.clew.server.auth;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what. Called for each request, on several threads at once; what it throws is answered with 500, and
 * logged.
 *
 * <pre>{@code
 * Authorizer owners = (who, operation, value) -> Decision.only("owner", who.identity());
 * }</pre>
 */
@FunctionalInterface
public interface Authorizer {
    /** Everybody may do everything. */
    Authorizer EVERYTHING = (who, operation, value) -> Decision.allow();

    /**
     * Decides.
     *
     * @param value what the client sent: the body's members, and the parameters of the path
     */
    Decision authorize(Principal who, Operation operation, Map<String, @Nullable Object> value);
}
