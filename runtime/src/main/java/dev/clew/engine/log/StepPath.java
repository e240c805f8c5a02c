package dev.clew.engine.log;

import dev.clew.state.StepKind;
import dev.clew.task.IllegalStepException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A step's place in its run: segments {@code kind:name#n}, joined by {@code /}, from the root's empty path on.
 *
 * <p>In names, {@code % / # :} are escaped as {@code %25 %2F %23 %3A}, so a path can be taken apart again.
 */
public final class StepPath {
    private static final String JOIN_LIMIT = StepKind.TIMER.word() + ":join#";

    private static final String TIMER = StepKind.TIMER.word() + ":";

    private static final String BREAKPOINT = StepKind.BREAKPOINT.word() + ":";

    private static final Set<String> WORDS =
            Arrays.stream(StepKind.values()).map(StepKind::word).collect(Collectors.toUnmodifiableSet());

    /** The path of a run's root scope. */
    public static final String ROOT = "";

    private StepPath() {}

    /** The n-th step of this kind and name in its scope; n counts from 1. */
    public static String segment(StepKind kind, String name, int n) {
        return kind.word() + ':' + escape(name) + '#' + n;
    }

    public static String child(String scope, String segment) {
        return scope.isEmpty() ? segment : scope + '/' + segment;
    }

    /** How many segments a path has; 0 for the root's. */
    static int depth(String path) {
        int depth = path.isEmpty() ? 0 : 1;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            depth++;
        }
        return depth;
    }

    /** The scope that a step was called in. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? ROOT : path.substring(0, slash);
    }

    public static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public static StepKind kind(String path) {
        String segment = lastSegment(path);
        return StepKind.valueOf(segment.substring(0, segment.indexOf(':')).toUpperCase(java.util.Locale.ROOT));
    }

    /** Whether it is a timer. */
    static boolean isTimer(String path) {
        return path.startsWith(TIMER, path.lastIndexOf('/') + 1);
    }

    /** Whether it is a pause at a breakpoint. */
    public static boolean isBreakpoint(String path) {
        return path.startsWith(BREAKPOINT, path.lastIndexOf('/') + 1);
    }

    /** Whether it is the timer that limits a join. */
    public static boolean isJoinLimit(String path) {
        return path.startsWith(JOIN_LIMIT, path.lastIndexOf('/') + 1);
    }

    /** Returns the kind that its last segment names, known or not; null if that is no segment. */
    static @Nullable String kindOfLast(String path) {
        int start = path.lastIndexOf('/') + 1;
        int colon = path.indexOf(':', start);
        boolean word = colon > start;
        for (int i = start; i < colon; i++) {
            word &= path.charAt(i) >= 'a' && path.charAt(i) <= 'z';
        }
        return word && path.lastIndexOf('#') > colon ? path.substring(start, colon) : null;
    }

    static boolean isKind(String word) {
        return WORDS.contains(word);
    }

    /** The name as the user wrote it. */
    public static String name(String path) {
        String segment = lastSegment(path);
        return unescape(segment.substring(segment.indexOf(':') + 1, segment.lastIndexOf('#')));
    }

    /** Whether a name or key is well-formed Unicode, so that what is stored of it is read as the same one. */
    public static boolean isWellFormed(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i)) && !Character.isSupplementaryCodePoint(name.codePointAt(i++))) {
                return false;
            }
        }
        return true;
    }

    private static String escape(String name) {
        if (!isWellFormed(name)) {
            throw new IllegalStepException("the name of a step is not well-formed Unicode: it has half of a surrogate"
                    + " pair, which cannot be stored, so a replay could not tell it from others");
        }
        boolean plain = true;
        for (int i = 0; i < name.length(); i++) {
            plain &= "%/#:".indexOf(name.charAt(i)) < 0;
        }
        return plain
                ? name
                : name.replace("%", "%25")
                        .replace("/", "%2F")
                        .replace("#", "%23")
                        .replace(":", "%3A");
    }

    private static String unescape(String name) {
        return name.indexOf('%') < 0
                ? name
                : name.replace("%2F", "/")
                        .replace("%23", "#")
                        .replace("%3A", ":")
                        .replace("%25", "%");
    }
}
