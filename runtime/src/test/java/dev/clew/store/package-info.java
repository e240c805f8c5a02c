/** What every store must keep to, and ours. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.store;
