package dev.clew.agents;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hook that is a node.
 *
 * @param node the name of its node
 * @param point where it runs
 * @param jumps the jumps that it may make
 * @param leaf its code, if it is a leaf
 * @param scope its code, if it is a scope
 */
record RegisteredHook(
        String node,
        HookPoint point,
        Set<Jump> jumps,
        @Nullable Hook leaf,
        @Nullable ScopeHook scope) {}
