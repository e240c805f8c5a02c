/** The contract of every task cache. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.contracts.cache;
