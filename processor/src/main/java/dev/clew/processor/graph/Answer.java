package dev.clew.processor.graph;

import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * What a node returns.
 *
 * @param kind what it is
 * @param written the type as the user wrote it, without a stage around it
 * @param route the type of a route, without a list around it; null if there is none
 * @param isMany whether it returns a list of routes
 * @param isAwaited whether it returns a stage of all that
 */
record Answer(Kind kind, TypeMirror written, @Nullable TypeMirror route, boolean isMany, boolean isAwaited) {
    /** What a node may return. */
    enum Kind {
        NOTHING,
        UPDATE,
        /** An update of another state. */
        OTHER_UPDATE,
        /** What is written to the component that {@code writes} names. */
        WRITTEN,
        ROUTE,
        /** An update and a route. */
        ROUTED
    }
}
