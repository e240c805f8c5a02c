package dev.clew.server.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether somebody may do something, and with which threads. Immutable.
 *
 * <pre>{@code
 * Decision mine = Decision.only("owner", who.identity());
 * Decision create = Decision.allow().stamped("owner", who.identity());
 * }</pre>
 *
 * @param isAllowed whether it may be done at all; if not, the answer is 403
 * @param only metadata that a thing must have, or to the caller it does not exist: a value that the member equals, or, if the
 *     member is a list, one of its elements. Text, number or boolean
 * @param stamp metadata that a new or changed thing gets, whatever the client sends
 */
public record Decision(boolean isAllowed, Map<String, Object> only, Map<String, Object> stamp) {
    private static final Decision ALLOW = new Decision(true, Map.of(), Map.of());
    private static final Decision DENY = new Decision(false, Map.of(), Map.of());

    public Decision {
        only = Map.copyOf(only);
        stamp = Map.copyOf(stamp);
    }

    /** With everything. */
    public static Decision allow() {
        return ALLOW;
    }

    /** With nothing. */
    public static Decision deny() {
        return DENY;
    }

    /** With what has this metadata; what is created gets it. */
    public static Decision only(String key, Object value) {
        return new Decision(true, Map.of(key, value), Map.of(key, value));
    }

    /** The same, with more metadata that is asked for. */
    public Decision and(String key, Object value) {
        return new Decision(isAllowed, added(only, key, value), stamp);
    }

    /** The same, with more metadata that new things get. */
    public Decision stamped(String key, Object value) {
        return new Decision(isAllowed, only, added(stamp, key, value));
    }

    private static Map<String, Object> added(Map<String, Object> to, String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(to);
        more.put(key, value);
        return more;
    }
}
