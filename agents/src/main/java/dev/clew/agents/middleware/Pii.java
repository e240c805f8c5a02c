package dev.clew.agents.middleware;

import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.agents.TextFilter;
import dev.clew.agents.TextFilter.Place;
import dev.clew.value.IllegalRequestException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps personal data out of what is stored, streamed and said to the model: it works on the input before that is stored, and on
 * answers, results of tools and their failures before they are recorded. If the agent is a node of a graph, it works on the
 * conversation that the graph shares with it, when the agent begins.
 *
 * <pre>{@code
 * .middleware(Pii.redact(PiiKind.EMAIL, PiiKind.IP), Pii.block(PiiKind.CARD).in(TextFilter.Place.INPUT))
 * }</pre>
 *
 * <p>Streams hold back the last 128 characters of a text, so that nothing is shown before it is known whole.
 *
 * <p>Some things stay as they are: arguments of calls, because a tool gets what the model wrote, and so an output that the model
 * gives by a call; images; answers of people to questions, as they are recorded; sections of the state; what failed in a tool
 * that is a scope or a graph.
 */
public final class Pii implements Middleware {
    private final List<PiiKind> kinds;
    private final boolean isBlocking;
    private final Set<Place> places;

    private Pii(List<PiiKind> kinds, boolean isBlocking, Set<Place> places) {
        if (kinds.isEmpty()) {
            throw new IllegalRequestException("say which kinds of personal data: Pii.redact(PiiKind.EMAIL)");
        }
        this.kinds = kinds;
        this.isBlocking = isBlocking;
        this.places = places;
    }

    /** Returns the middleware that writes {@code [REDACTED_EMAIL]} and so on in their place. */
    public static Pii redact(PiiKind... kinds) {
        return new Pii(List.of(kinds), false, EnumSet.allOf(Place.class));
    }

    /**
     * Returns the middleware that refuses them: an input is refused before anything is stored; a call of a model or a tool fails
     * with {@link PiiFoundException}, and nothing of its answer is recorded. What earlier runs of a thread stored is not refused:
     * remove it, if models must not read it, or {@link #redact} it.
     */
    public static Pii block(PiiKind... kinds) {
        return new Pii(List.of(kinds), true, EnumSet.allOf(Place.class));
    }

    /** Returns the same middleware, which looks at texts from there only. */
    public Pii in(Place first, Place... more) {
        return new Pii(kinds, isBlocking, EnumSet.of(first, more));
    }

    /** There may be several, for other kinds. */
    @Override
    public String name() {
        return kinds.stream()
                .map(PiiKind::name)
                .collect(Collectors.joining(".", isBlocking ? "Pii.block." : "Pii.", ""));
    }

    @Override
    public void install(Hooks hooks) {
        hooks.filterText(new Filter());
    }

    private final class Filter implements TextFilter {
        @Override
        public String apply(String text, Place place) {
            return filtered(text, place);
        }

        @Override
        public String applyToEarlier(String text, Place place) {
            return isBlocking ? text : filtered(text, place);
        }
    }

    private String filtered(String text, Place place) {
        if (!places.contains(place)) {
            return text;
        }
        String filtered = text;
        for (PiiKind kind : kinds) {
            if (isBlocking && kind.isIn(filtered)) {
                throw new PiiFoundException(kind, place);
            }
            filtered = kind.redacted(filtered);
        }
        return filtered;
    }

    @Override
    public String toString() {
        return name() + Arrays.toString(places.toArray());
    }
}
