/** What every task cache must keep to, and ours. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.cache;
