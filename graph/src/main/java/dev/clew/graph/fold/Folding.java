package dev.clew.graph.fold;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to fold what a superstep wrote. */
public interface Folding {
    /** Folds once. */
    Folding ONCE = (what, channels, before, inOrder) -> Fold.fold(channels, before, inOrder);

    /**
     * {@link Fold#fold(Channels, Object[], List)}.
     *
     * @param what names the superstep in messages
     */
    Folded fold(String what, Channels channels, @Nullable Object[] before, List<Written> inOrder);
}
