package dev.clew.graph;

/** An update of a state that has no generated one. */
final class PlainUpdate<S> extends StateUpdate<S> {
    PlainUpdate(Changes<S> changes) {
        super(changes);
    }
}
