package dev.clew.agents.middleware;

import dev.clew.agents.TextFilter;
import dev.clew.value.ClewException;
import java.util.Locale;

/** Personal data is where {@link Pii#block} does not allow it. The message does not quote it. */
public final class PiiFoundException extends ClewException {
    private static final long serialVersionUID = 1L;

    PiiFoundException(PiiKind kind, TextFilter.Place place) {
        super("personal data of the kind '" + kind.name() + "' is in the "
                + place.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + ", which Pii.block does not allow; leave it out");
    }
}
