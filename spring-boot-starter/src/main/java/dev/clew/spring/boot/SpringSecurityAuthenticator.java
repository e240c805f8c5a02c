package dev.clew.spring.boot;

import dev.clew.server.auth.AuthRequest;
import dev.clew.server.auth.Authenticator;
import dev.clew.server.auth.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Knows whom Spring Security has authenticated, by name and authorities. It is asked again for streams, on other threads. */
final class SpringSecurityAuthenticator implements Authenticator {
    private final boolean servesAnybody;

    SpringSecurityAuthenticator(boolean servesAnybody) {
        this.servesAnybody = servesAnybody;
    }

    @Override
    public Optional<Principal> authenticate(AuthRequest request) {
        if (!(request.user() instanceof Authentication user) || !user.isAuthenticated()) {
            return servesAnybody ? Optional.of(Principal.ANYBODY) : Optional.empty();
        }
        List<String> authorities = user.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .toList();
        return Optional.of(new Principal(user.getName(), authorities, Map.of()));
    }
}
